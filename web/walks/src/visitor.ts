import type { Browser, BrowserContextOptions, FrameLocator, Locator, Page } from "playwright-core";
import { openTab, until } from "./browser";
import { type Language, ofWidget } from "./words";

/** Visitor is a customer at the demo shop, who does what people do: click and type. */
export class Visitor {
  readonly window: FrameLocator;
  readonly t: ReturnType<typeof ofWidget>;

  private constructor(
    readonly page: Page,
    readonly faults: string[],
    language: Language,
  ) {
    this.window = page.frameLocator("iframe");
    this.t = ofWidget(language);
  }

  /** at opens the shop for a visitor of its own, with the chat closed. */
  static async at(
    browser: Browser,
    url: string,
    language: Language = "en",
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const { page, faults } = await openTab(browser, {
      locale: language === "en" ? "en-CA" : "fr-CA",
      ...options,
    });
    const visitor = new Visitor(page, faults, language);
    await page.goto(`${url}/demo/shop#${language.slice(0, 2)}`);
    return visitor;
  }

  get launcher(): Locator {
    return this.page.locator("button[aria-expanded]").last();
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.window.getByRole("dialog").waitFor();
  }

  /** begin fills in what it is told of the form, and starts the chat. */
  async begin(fields: Record<string, string>): Promise<void> {
    await this.window.locator("form button[type=submit]").waitFor();
    for (const [name, value] of Object.entries(fields)) {
      const field = this.window.locator(`[name=${name}]`);
      if (await field.count()) await field.fill(value);
    }
    await this.window.locator("form button[type=submit]").click();
    await this.composer.waitFor();
  }

  get composer(): Locator {
    return this.window.getByLabel(this.t("composer.label"), { exact: true });
  }

  /** say types a line and presses Enter. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  /** hears waits until a line is in the log. */
  async hears(text: string): Promise<void> {
    await this.window.getByRole("log").getByText(text, { exact: true }).first().waitFor();
  }

  /** log returns what the window shows of what was said: "mine" lines and the others, in order. */
  async log(): Promise<string[]> {
    return this.window.getByRole("log").locator("article > [dir=auto]").allInnerTexts();
  }

  /** settled waits until nothing is on its way. */
  async settled(): Promise<void> {
    await until(
      async () => (await this.window.getByText(this.t("message.sending"), { exact: true }).count()) === 0,
    );
  }
}
