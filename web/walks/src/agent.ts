import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { openTab, until } from "./browser";
import { type Language, ofApp } from "./words";

/** Agent is one of the demo center's people at the workspace. */
export class Agent {
  /** The app's words in the language on the screen: the browser's, then the account's. */
  t: ReturnType<typeof ofApp>;

  constructor(
    readonly page: Page,
    readonly faults: string[],
    language: Language = "en",
  ) {
    this.t = ofApp(language);
  }

  /** signIn opens the workspace for one of the people, in a browser of their own. */
  static async signIn(
    browser: Browser,
    url: string,
    login: string,
    language: Language = "en",
    options: BrowserContextOptions = {},
  ): Promise<Agent> {
    const { page, faults } = await openTab(browser, {
      locale: language === "en" ? "en-CA" : "fr-CA",
      ...options,
    });
    const agent = new Agent(page, faults, language);
    await page.goto(url);
    await agent.enter(login);
    return agent;
  }

  /** enter fills in the sign-in form. */
  async enter(login: string): Promise<void> {
    await this.form(login);
    await this.entered();
  }

  /** takeOver signs in although the person is signed in elsewhere, and says so. Source: SEC-08. */
  async takeOver(login: string): Promise<void> {
    await this.form(login);
    await this.page.getByRole("button", { name: this.t("login.takeOver") }).click();
    await this.entered();
  }

  private async form(login: string): Promise<void> {
    await this.page.getByLabel(this.t("login.name")).fill(login);
    await this.page.locator("input[name=password]").fill("demo");
    await this.page.locator("form button[type=submit]").click();
  }

  private async entered(): Promise<void> {
    await this.page
      .getByRole("button", { name: /^(Status|Statut|Account|Compte)/ })
      .first()
      .waitFor();
    await this.page.getByRole("heading", { level: 1 }).waitFor();
    this.t = ofApp((await this.page.locator("html").getAttribute("lang")) as Language);
  }

  /** ready makes the agent available. */
  async ready(): Promise<void> {
    await this.page
      .getByRole("button", { name: this.t("status.action.ready") })
      .first()
      .click();
    await this.status("available").waitFor();
  }

  /** status is the chip that says so. */
  status(status: string): Locator {
    return this.page.getByRole("button", {
      name: this.t("status.menu", { status: this.t(`status.${status}`) }),
    });
  }

  get offer(): Locator {
    return this.page.locator("[data-offer]");
  }

  /** accept takes the offer that rings. */
  async accept(): Promise<void> {
    const id = await this.offer.getAttribute("data-offer");
    await this.button("agent.offer.accept", this.offer).click();
    await this.page.locator(`[data-offer="${id}"]`).waitFor({ state: "detached" });
    await this.composer.waitFor();
  }

  /** button finds a button by the start of its name, in a part of the page. */
  button(key: string, within: Page | Locator = this.page): Locator {
    const name = this.t(key).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return within.getByRole("button", { name: new RegExp(`^${name}`) }).first();
  }

  get composer(): Locator {
    return this.page.locator("[data-region=composer] textarea");
  }

  get log(): Locator {
    return this.page.getByRole("log");
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  async hears(text: string): Promise<void> {
    await this.log.getByText(text, { exact: true }).first().waitFor();
  }

  /** said returns every message in the log, the customer's and the agents', in order, and what is on its way. */
  async said(): Promise<string[]> {
    return this.log.locator("article[data-sender] > p[dir=auto]").allInnerTexts();
  }

  /** settled waits until the server has told all that was on its way. */
  async settled(): Promise<void> {
    await until(async () => (await this.log.locator("article[data-state]").count()) === 0);
  }

  /** end ends the conversation by its one button, and says that it is meant where it is asked. */
  async end(): Promise<void> {
    await this.button("agent.conversation.end").click();
    const meant = this.button("agent.end.action", this.page.getByRole("dialog"));
    await this.wrapUp.or(meant).first().waitFor();
    if (await meant.isVisible()) await meant.click();
    await this.wrapUp.waitFor();
  }

  get wrapUp(): Locator {
    return this.page.locator("[data-region=wrapup]");
  }

  /** dispose chooses the first code of the first list. */
  async dispose(): Promise<void> {
    await this.wrapUp.locator("[data-list]").first().click();
    await this.page.getByRole("option").first().click();
  }

  /** saveCase saves the chat log, and returns when the case has its number. */
  async saveCase(): Promise<void> {
    await this.button("agent.crm.save", this.wrapUp).click();
    await this.button("agent.crm.update", this.wrapUp).waitFor();
  }

  /** finish ends the wrap-up, over the page between where the group has one. */
  async finish(): Promise<void> {
    const onward = this.wrapUp.getByRole("button", { name: this.t("action.continue"), exact: true });
    if (await onward.count()) await onward.click();
    await this.button("agent.wrap.finish", this.wrapUp).click();
    await this.wrapUp.waitFor({ state: "detached" });
  }

  /** rows are the interactions in the list, the oldest first. */
  get rows(): Locator {
    return this.page.locator("a[href^='/agent/i/']");
  }

  async has(rows: number): Promise<void> {
    await expect.poll(() => this.rows.count()).toBe(rows);
  }
}
