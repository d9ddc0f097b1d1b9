import { readFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { openTab } from "./browser";
import type { Language } from "./words";

/** The phones that the simulator has at first, by entry point. */
export const phones = {
  sms: "ent_sms/+14165550102",
  whatsapp: "ent_whatsapp/15145550101",
  messenger: "ent_messenger/6328923457821345",
  instagram: "ent_instagram/7328923457821345",
  x: "ent_x/1830218901527773184",
  telegram: "ent_telegram/5001002003",
} as const;

/** Simulator is the page of phones. */
export class Simulator {
  private constructor(
    readonly page: Page,
    readonly faults: string[],
    readonly t: (key: string) => string,
  ) {}

  static async at(
    browser: Browser,
    url: string,
    language: Language = "en",
    options: BrowserContextOptions = {},
  ): Promise<Simulator> {
    const { page, faults } = await openTab(browser, {
      locale: language === "en" ? "en-CA" : "fr-CA",
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    await page.goto(`${url}/sim`);
    await page.locator("button[data-phone]").first().waitFor();
    return new Simulator(page, faults, ofSimulator(language));
  }

  /** take puts a phone on the table. */
  async take(id: string): Promise<Phone> {
    const row = this.page.locator(`button[data-phone='${id}']`);
    if ((await row.getAttribute("aria-pressed")) !== "true") await row.click();
    const phone = this.page.locator(`article[data-phone='${id}']`);
    await phone.waitFor();
    const language = (await phone.getAttribute("lang")) as Language;
    return new Phone(phone, ofSimulator(language));
  }
}

/** Phone is a customer's, on the simulator's page. */
export class Phone {
  constructor(
    readonly body: Locator,
    readonly t: (key: string) => string,
  ) {}

  async say(text: string): Promise<void> {
    await this.body.locator("textarea").fill(text);
    await this.body.locator("textarea").press("Enter");
    await this.body.locator("article[data-from=customer]").getByText(text, { exact: true }).first().waitFor();
  }

  async hears(text: string): Promise<void> {
    await this.body.locator("article[data-from=center]").getByText(text, { exact: true }).first().waitFor();
  }

  /** log is what the phone shows, in order. */
  async log(): Promise<string[]> {
    return this.body.locator("article [data-text]").allInnerTexts();
  }

  /** press chooses a button by the key of its name, in the phone's language. */
  button(key: string, within: Locator = this.body): Locator {
    return within.getByRole("button", { name: this.t(key), exact: true });
  }

  /** bubble is the message with a text. */
  bubble(text: string): Locator {
    return this.body.locator("article[data-from]", { hasText: text }).last();
  }
}

/** ofSimulator returns the words of the simulator's pages. */
function ofSimulator(language: Language): (key: string) => string {
  const path = new URL(`../../simulator/src/${language}.json`, import.meta.url);
  const texts: Record<string, string> = JSON.parse(readFileSync(path, "utf8"));
  return (key) => {
    const text = texts[key];
    if (text === undefined) throw new Error(`the simulator has no words for ${key}`);
    return text;
  };
}
