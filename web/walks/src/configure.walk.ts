import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import { Agent } from "./agent";
import { openTab } from "./browser";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";
import { ofApp } from "./words";

const at = stage();

/** desk opens the pages of records and configuration for somebody, wherever they were signed in before. */
async function desk(login: string): Promise<{ page: Page; faults: string[]; t: ReturnType<typeof ofApp> }> {
  const { page, faults } = await openTab(at.browser);
  const who = { login, password: "demo", take_over: true };
  await page.context().request.post(`${at.server.url}/api/session`, { data: who });
  return { page, faults, t: ofApp("en") };
}

const button = (within: Page | Locator, name: string) => within.getByRole("button", { name, exact: true });

it("an administrator makes a queue; two who edit it at once overwrite nothing (QUE-05, QUE-01, UX-43)", async () => {
  const { page, faults, t } = await desk("ada");
  await page.goto(`${at.server.url}/admin/queues/new`);
  await button(page, t("action.save")).click();
  await page.getByText(t("editor.faults")).waitFor();
  await look(page, "admin-queue-faults");
  await page.getByLabel(t("admin.queue.name")).fill("Billing");
  await button(page, t("action.save")).click();
  await page.waitForURL(/\/admin\/queues\/que_/);

  await page.getByRole("tab", { name: t("admin.queue.tab.members") }).click();
  await page.getByText(t("admin.queue.nobodyServes")).waitFor();
  await page.getByPlaceholder(t("admin.queue.addAgent")).click();
  await page.getByRole("option", { name: "Bob Tremblay" }).click();
  await page.getByRole("tab", { name: t("admin.queue.tab.timing") }).click();
  await page.getByLabel(t("admin.queue.wrapup_s")).fill("90");
  await button(page, t("action.save")).click();
  await page.getByText(t("editor.saved"), { exact: true }).waitFor();

  const id = new URL(page.url()).pathname.split("/")[3];
  const elsewhere = page.context().request; // another tab of the same session
  const queue = `${at.server.url}/api/admin/queues/${id}`;
  await page.getByLabel(t("admin.queue.wrapup_s")).fill("150");
  const { id: _, ...whole } = (await (await elsewhere.get(queue)).json()) as Record<string, unknown>;
  await elsewhere.put(queue, { data: { ...whole, wrapup_s: 45, priority: 7 } });
  await button(page, t("action.save")).click();
  await page.getByText(t("editor.conflictTitle")).waitFor();
  await look(page, "admin-conflict");
  await button(page.getByRole("dialog"), t("editor.conflictSave")).click();
  await page.getByText(t("editor.saved"), { exact: true }).waitFor();
  expect(await (await elsewhere.get(queue)).json()).toMatchObject({ wrapup_s: 150, priority: 7 });

  await page.getByLabel(t("admin.queue.wrapup_s")).fill("10");
  await page.getByRole("link", { name: t("admin.section.skills"), exact: true }).click();
  await page.getByText(t("editor.leaveTitle")).waitFor();
  await button(page.getByRole("dialog"), t("action.cancel")).click();
  expect(page.url()).toContain(id);
  expect(faults).toEqual([]);
});

it("a setting is set and given back; the log says who did it (CFG-01, CFG-04, PRE-09)", async () => {
  const { page, faults, t } = await desk("ada");
  await page.goto(`${at.server.url}/admin/settings`);
  const name = t("admin.set.presence_on_reject");
  const sought = page.getByRole("searchbox", { name: t("action.search") });
  await sought.fill("xyzzy");
  await page.getByText(t("admin.noMatch")).waitFor();
  await sought.fill(name.toUpperCase());
  await page.getByText(t("admin.set.ui_labels_end")).waitFor({ state: "detached" });
  await page.getByRole("combobox", { name }).click();
  await page.getByRole("option", { name: t("admin.option.work_offline") }).click();
  await button(page, t("action.save")).click();
  const unset = button(page, t("admin.settings.unsetOf", { name }));
  const values = async () => {
    const settings = await page.context().request.get(`${at.server.url}/api/admin/settings`);
    const { values } = (await settings.json()) as { values: { key: string; value: unknown }[] };
    return values.filter((v) => v.key === "presence.on_reject").map((v) => v.value);
  };
  await expect.poll(values).toEqual(["work_offline"]);
  await unset.click();
  await button(page, t("action.save")).click();
  await expect.poll(values).toEqual([]);

  await page.goto(`${at.server.url}/admin/audit`);
  const changed = page.getByRole("row", { name: new RegExp(t("admin.did.save_settings")) });
  await expect.poll(() => changed.count()).toBe(2);
  await changed.first().getByRole("button").click();
  await page.getByRole("dialog").getByText("Ada Okafor").waitFor();
  await look(page, "admin-audit-details");
  expect(faults).toEqual([]);
});

it("a case waits as a draft until it has its customer; a customer's faults are named (CRM-02, CRM-11)", async () => {
  const { page, faults, t } = await desk("carol");
  await page.goto(`${at.server.url}/agent/cases/new`);
  await page.getByLabel(t("records.case.field.subject")).fill("Lost scarf");
  await button(page, t("action.save")).click();
  await page.getByText(t("error.customer_required")).first().waitFor();
  await button(page, t("action.saveDraft")).click();
  await page.waitForURL(/\/agent\/cases\/cas_/);
  const draft = page.url();

  await page.goto(`${at.server.url}/agent/customers/new`);
  await page.getByLabel(t("records.customer.field.first_name")).fill("Zelda");
  await page.getByLabel(t("records.customer.field.last_name")).fill("Quist");
  const emails = page.getByLabel(t("records.customer.field.emails"));
  await emails.fill("zelda.quist@example.com\nno address");
  await button(page, t("action.save")).click();
  await page.getByText(t("field.not_an_email")).first().waitFor();
  await look(page, "customer-faults");
  await emails.fill("zelda.quist@example.com");
  await button(page, t("action.save")).click();
  await page.waitForURL(/\/agent\/customers\/cus_/);

  await page.goto(draft);
  await page.getByLabel(t("records.case.field.customer")).first().fill("Quist");
  await page.getByRole("option", { name: /Zelda Quist/ }).click();
  await button(page, t("action.save")).click();
  await page.getByText(t("editor.saved"), { exact: true }).waitFor();
  const id = new URL(draft).pathname.split("/").at(-1);
  const saved = await page.context().request.get(`${at.server.url}/api/cases/${id}`);
  expect(await saved.json()).toMatchObject({ draft: false, customer: { name: "Zelda Quist" } });
  expect(faults).toEqual([]);
});

it("a supervisor sets a status and logs an agent out; the customer goes back to the line (PRE-16, UX-53)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy", "en");
  await amy.ready();
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Ines Costa", question: "Which size?" });
  await amy.offer.waitFor();
  await amy.accept();

  const { page, faults, t } = await desk("sam");
  await page.goto(`${server.url}/supervisor`);
  const menu = button(page, t("supervisor.agent.menuOf", { name: "Amy Chen" }));
  await menu.click();
  await page.getByRole("menuitem", { name: t("status.work_offline") }).click();
  await page
    .getByText(t("supervisor.agent.nextSet", { name: "Amy Chen", status: t("status.work_offline") }))
    .waitFor();
  await menu.click();
  await page.getByRole("menuitem", { name: t("supervisor.agent.logOut") }).click();
  await look(page, "supervisor-log-out");
  await button(page.getByRole("dialog"), t("supervisor.logOut.verb")).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await page.goto(`${server.url}/supervisor?stage=queued`);
  const rows = page.getByRole("region", { name: t("supervisor.interactions") }).locator("tbody tr");
  await rows.filter({ hasText: "Ines Costa" }).waitFor();
  const tile = page.getByRole("link", { name: new RegExp(`${t("supervisor.tile.waiting")}$`) });
  await expect
    .poll(async () => [await tile.locator("span").first().textContent(), await rows.count()])
    .toEqual(["1", 1]);
  expect([...visitor.faults, ...faults]).toEqual([]);
});
