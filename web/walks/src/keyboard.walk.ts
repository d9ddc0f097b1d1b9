import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { Agent } from "./agent";
import { openTab, until } from "./browser";
import { look, stage } from "./stage";
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

it("shortcuts are one's own: remapped, swapped where another has the key, switched off, on every machine (UX-70, WCAG 2.1.4)", async () => {
  const { browser, server } = at;
  const bob = await Agent.signIn(browser, server.url, "bob", "fr-CA");
  const { page } = bob;
  await page.keyboard.press("?");
  const help = page.getByRole("dialog");
  await bob.button("help.change", help).click();
  const key = (name: string) =>
    help.getByRole("button", { name: new RegExp(`«\\s${bob.t(`help.keys.${name}`)}\\s»`) });
  await key("available").click();
  await page.keyboard.press("q");
  await expect.poll(() => key("available").textContent()).toBe("Q");
  await key("break").click();
  await page.keyboard.press("o");
  await help.getByText(bob.t("help.clash", { keys: "O", name: bob.t("help.keys.offline") })).waitFor();
  await look(page, "shortcuts-own");
  await bob.button("help.swap", help).click();
  await expect.poll(() => key("offline").textContent()).toBe("B");
  await key("status").click();
  await page.keyboard.press("Control+t");
  await help.getByText(bob.t("help.refused.kept", { keys: "Ctrl T" })).waitFor();
  await bob.button("help.keep", help).click();
  await bob.button("help.done", help).click();
  await help.getByText(bob.t("help.keys.available"), { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  await pressed(page, "q", async () => (await bob.status("available").count()) > 0);
  await pressed(page, "o", async () => (await bob.status("on_break").count()) > 0);
  await page.keyboard.press("Control+k");
  const option = page.getByRole("option", { name: bob.t("status.action.availableHint") });
  expect(await option.locator("kbd").textContent()).toBe("Q");
  await page.keyboard.press("Escape");

  const { page: other, faults } = await openTab(browser, { locale: "fr-CA" });
  const again = new Agent(other, faults, "fr-CA");
  await other.goto(server.url);
  await again.takeOver("bob");
  await pressed(other, "q", async () => (await again.status("available").count()) > 0);
  await other.goto(`${server.url}/agent/profile`);
  const single = other.getByRole("switch", { name: again.t("help.single") });
  const kept = () =>
    other.waitForResponse((r) => r.url().endsWith("/me/shortcuts") && r.request().method() === "PUT");
  await Promise.all([kept(), single.click()]);
  await other.getByRole("heading", { level: 1 }).click();
  await other.keyboard.press("o");
  await other.keyboard.press("?");
  await Promise.all([kept(), single.click()]);
  await other.getByRole("heading", { level: 1 }).click();
  await pressed(other, "?", async () => (await other.getByRole("dialog").count()) > 0);
  await other.keyboard.press("Escape");
  expect(await again.status("available").count()).toBe(1);
  await Promise.all([kept(), again.button("help.resetAll").click()]);
  await again.button("help.undo").waitFor();
  await pressed(other, "o", async () => (await again.status("work_offline").count()) > 0);
  expect(faults).toEqual([]);
});
