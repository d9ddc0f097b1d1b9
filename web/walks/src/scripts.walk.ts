import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { openTab } from "./browser";
import { look, stage } from "./stage";
import { ofApp } from "./words";

const at = stage();
const t = ofApp("en");

/** press lets the Enter key do what a click would. */
async function press(what: Locator): Promise<void> {
  await what.focus();
  await what.press("Enter");
}

/** type writes into a field, over what it says. */
async function type(what: Locator, text: string): Promise<void> {
  await what.focus();
  await what.press("ControlOrMeta+a");
  await what.page().keyboard.type(text);
}

/** pick chooses from a list by its words, or the first if it cannot be searched. */
async function pick(page: Page, name: string, text: string): Promise<void> {
  const field = page.getByRole("combobox", { name, exact: true });
  await field.focus();
  await page.keyboard.press("ArrowDown");
  const option = page.getByRole("option", { name: text, exact: true });
  await option.waitFor();
  for (let n = 0; n < 40; n++) {
    if ((await option.getAttribute("data-combobox-selected")) !== null) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await option.waitFor({ state: "hidden" });
}

const card = (page: Page, label: string) =>
  page.getByRole("button", { expanded: false }).filter({ hasText: label }).first();

it("an administrator draws, tries and publishes a script by keyboard (SCR-01 to SCR-06, UX-68)", async () => {
  const { page, faults } = await openTab(at.browser);
  const who = { login: "ada", password: "demo", take_over: true };
  await page.context().request.post(`${at.server.url}/api/session`, { data: who });
  const queues = (await (await page.context().request.get(`${at.server.url}/api/admin/queues`)).json()) as {
    items: { name: string }[];
  };
  const [first, second] = queues.items.map((queue) => queue.name);

  await page.goto(`${at.server.url}/admin/scripts`);
  await page.getByText(t("scripts.none")).waitFor();
  await look(page, "admin-scripts-none");
  await page.goto(`${at.server.url}/admin/scripts/new`);
  await type(page.getByLabel(t("scripts.name")), "By day");
  const palette = page.getByRole("group", { name: t("scripts.add") });
  await press(palette.getByRole("button", { name: t("scripts.object.schedule"), exact: true }));
  await pick(page, t("scripts.exit.open"), t("scripts.newOf.menu"));

  await type(
    page.getByLabel(t("scripts.textIn", { text: t("scripts.text"), language: "English" })),
    "What is it about?",
  );
  await type(page.getByLabel(t("scripts.option", { n: 1, language: "English" })), "Billing");
  await press(page.getByRole("button", { name: t("scripts.addOption") }));
  await type(page.getByLabel(t("scripts.option", { n: 2, language: "English" })), "Something else");
  await pick(page, "1. Billing", t("scripts.newOf.forward"));
  await pick(page, t("scripts.queue"), first!);

  await press(card(page, "Menu"));
  await pick(page, "2. Something else", t("scripts.newOf.test"));
  await pick(page, t("scripts.exit.no"), t("scripts.object.forward"));
  await pick(page, t("scripts.exit.yes"), t("scripts.newOf.forward"));
  await pick(page, t("scripts.queue"), second!);
  await type(page.getByLabel(t("scripts.label"), { exact: true }), "Queue two"); // past the other's label

  await press(page.getByRole("button", { name: t("action.save"), exact: true }));
  await page.waitForURL(/\/admin\/scripts\/scr_/);
  await expect
    .poll(() => page.getByText(t("scripts.fault.nowhere")).or(page.getByText("3 faults keep")).count())
    .toBeGreaterThan(0);
  expect(await page.getByRole("button", { name: t("scripts.publish"), exact: true }).isDisabled()).toBe(true);
  await look(page, "admin-script-faults");

  const fault = (place: string) => t("scripts.faultAt", { place, fault: t("scripts.fault.nowhere") });
  await page.getByRole("button", { name: fault(`Schedule · ${t("scripts.exit.closed")}`) }).waitFor();
  await press(page.getByRole("button", { name: fault(`Menu · ${t("scripts.exit.invalid")}`) }));
  const lost = page.getByRole("combobox", { name: t("scripts.exit.invalid"), exact: true });
  await expect.poll(() => lost.evaluate((field) => field === document.activeElement)).toBe(true);
  await pick(page, t("scripts.exit.invalid"), t("scripts.object.test"));
  await pick(page, t("scripts.exit.no_answer"), t("scripts.newOf.end"));
  await press(card(page, "Schedule"));
  await pick(page, t("scripts.exit.closed"), t("scripts.newOf.offline"));
  await press(page.getByRole("button", { name: t("action.save"), exact: true }));
  const publish = page.getByRole("button", { name: t("scripts.publish"), exact: true });
  await expect.poll(() => publish.isEnabled()).toBe(true);
  await press(publish);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("scripts.why")).waitFor();
  await look(page, "admin-script-publish");
  await type(dialog.getByLabel(t("scripts.why")), "A menu for the day");
  await page.keyboard.press("Enter");
  await page
    .getByRole("status")
    .filter({ hasText: t("scripts.inForce") })
    .waitFor();

  await page.getByRole("tab", { name: t("scripts.tab.draw") }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText(t("scripts.outlineAbout")).waitFor();
  const billing = page.getByRole("listitem").filter({ hasText: "1. Billing" });
  expect((await billing.textContent())?.trim()).toBe("1. Billing → Queue");
  await look(page, "admin-script-outline");
  await page.keyboard.press("ArrowRight");
  await pick(page, t("scripts.fields.language"), t("admin.language.fr-CA"));
  await page.getByLabel(t("scripts.when")).fill("2026-03-03T16:30");
  await press(page.getByRole("button", { name: t("scripts.run"), exact: true }));
  const result = page.getByRole("region", { name: t("scripts.result") });
  await press(result.getByRole("button", { name: "Something else" }));
  await result.getByText(t("scripts.ends.queue", { queue: second! })).waitFor();
  const way = result.getByRole("list", { name: t("scripts.path") }).getByRole("listitem");
  expect((await way.allInnerTexts()).map((step) => step.split(" ")[0])).toEqual([
    "Schedule",
    "Menu",
    "Condition",
    "Queue",
  ]);
  await look(page, "admin-script-preview");
  await page.getByLabel(t("scripts.when")).fill("2026-03-03T18:30");
  await press(page.getByRole("button", { name: t("scripts.run"), exact: true }));
  await result.getByText(t("scripts.ends.closed")).waitFor();

  const script = page.url().replace(/\/try$/, "");
  await page.goto(`${script}/use`);
  await page.getByRole("checkbox", { name: "Demo shop" }).press("Space");
  await page.getByRole("checkbox", { name: "Demo shop", checked: true }).waitFor();
  await page.goto(`${at.server.url}/admin/entry-points/ent_demo/hours`);
  await page.getByText(t("scripts.runsHere", { name: "By day" })).waitFor();
  await look(page, "admin-entry-point-script");
  await page.goto(`${script}/try`);
  await page.getByRole("button", { name: t("scripts.run"), exact: true }).waitFor();

  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, "admin-script-phone");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(faults).toEqual([]);
});
