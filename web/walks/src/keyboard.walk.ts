import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { Agent } from "./agent";
import { openTab, until } from "./browser";
import { stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

/** tabTo moves the focus with Tab until it is on what is meant, and checks that the focus can be seen on the way. */
async function tabTo(page: Page, there: string): Promise<void> {
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate((selector) => {
      const e = document.activeElement as HTMLElement;
      const style = getComputedStyle(e);
      const around = e.parentElement ? getComputedStyle(e.parentElement) : style;
      const marked = [style, around].some(
        (s) => s.outlineStyle !== "none" || s.boxShadow !== "none" || s.borderColor !== "",
      );
      return { marked, there: e.matches(selector) };
    }, there);
    expect(here.marked).toBe(true);
    if (here.there) return;
  }
  throw new Error(`80 tabs do not reach ${there}`);
}

/** pressed presses until something is so: a shortcut is ignored in the moment a card appears (UX-09). */
async function pressed(page: Page, key: string, so: () => Promise<boolean>): Promise<void> {
  await until(async () => {
    if (await so()) return true;
    await page.keyboard.press(key);
    await new Promise((done) => setTimeout(done, 500));
    return so();
  });
}

it("a whole agent day by keyboard (UX-68, WCAG 2.1.1)", async () => {
  const { browser, server } = at;
  const { page, faults } = await openTab(browser);
  const amy = new Agent(page, faults);
  await page.goto(server.url);
  await page.locator("input[name=username]").waitFor();
  await tabTo(page, "input[name=username]");
  await page.keyboard.type("amy");
  await page.keyboard.press("Tab");
  await page.keyboard.type("demo");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Status/ }).waitFor();
  await pressed(page, "v", async () => (await amy.status("available").count()) > 0);

  const visitor = await Visitor.at(browser, server.url);
  await visitor.page.locator("#account").selectOption("1001");
  await visitor.launcher.focus();
  await visitor.page.keyboard.press("Enter");
  await visitor.window.locator("[name=question]").waitFor();
  await visitor.window.locator("[name=question]").focus();
  await visitor.page.keyboard.type("By keyboard?");
  await visitor.page.keyboard.press("Tab");
  await visitor.page.keyboard.press("Enter");

  await amy.offer.waitFor();
  await pressed(page, "F8", async () => (await amy.composer.count()) > 0 && (await amy.offer.count()) === 0);
  await amy.hears("By keyboard?");
  const writing = () => amy.composer.evaluate((e) => document.activeElement === e);
  if (!(await writing())) await pressed(page, "r", writing);
  await page.keyboard.type("By keyboard.");
  await page.keyboard.press("Enter");
  await visitor.hears("By keyboard.");

  await page.keyboard.press("/");
  await page.keyboard.type("order");
  const answers = page.locator("[data-region=composer] [role=option]");
  await answers.first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await until(async () => (await amy.composer.inputValue()).length > 0);
  await page.keyboard.press("Enter");
  await until(async () => (await visitor.log()).length >= 3);

  await page.keyboard.press("Escape");
  await pressed(page, "e", async () => (await page.getByRole("dialog").count()) > 0);
  await until(() => page.evaluate(() => !!document.activeElement?.closest("[role=dialog]")));
  await page.keyboard.press("Enter");
  await amy.wrapUp.waitFor();
  const list = amy.wrapUp.locator("[data-list]").first();
  if (!(await list.evaluate((e) => document.activeElement === e))) await tabTo(page, "[data-list]");
  await page.keyboard.press("ArrowDown");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const onward = amy.wrapUp.getByRole("button", { name: amy.t("action.continue"), exact: true });
  if (await onward.count()) {
    await until(() => onward.isEnabled());
    await onward.focus();
    await page.keyboard.press("Enter");
  }
  await until(() => amy.button("agent.wrap.finish", amy.wrapUp).isEnabled());
  await page.keyboard.press("Control+s");
  await amy.wrapUp.waitFor({ state: "detached" });

  await page.keyboard.press("Escape");
  await pressed(page, "b", async () => (await amy.status("on_break").count()) > 0);
  await pressed(page, ".", async () => (await page.getByRole("menu").count()) > 0);
  await page.getByRole("menuitem", { name: amy.t("header.signOut") }).focus();
  await page.keyboard.press("Enter");
  await page.locator("input[name=password]").waitFor();
  expect([...faults, ...visitor.faults]).toEqual([]);
});
