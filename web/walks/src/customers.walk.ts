import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow, wide } from "./browser";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();
let ada: Agent;
let sam: Office;
let page: Page;

beforeAll(async () => {
  ada = await Agent.signIn(at.browser, at.server.url, "ada");
  sam = await Office.signIn(at.server.url, "sam");
  page = ada.page;
});

const button = (name: string) => page.getByRole("button", { name, exact: true });
const box = (name: string) => page.getByRole("textbox", { name, exact: true });
const open = (id: string) => page.goto(`${at.server.url}/agent/customers/${id}`);
const named = (name: string) => page.getByRole("heading", { level: 1, name, exact: true });

/** customer adds one, and returns the id. */
async function customer(fields: Record<string, unknown>): Promise<string> {
  return (await sam.post<{ id: string }>("customers", { draft: false, ...fields })).id;
}

/** saved presses Save, and waits until it is. */
async function saved(): Promise<void> {
  await button(ada.t("action.save")).click();
  await page.getByText(ada.t("editor.unsaved")).waitFor({ state: "detached" });
}

it("a customer has an address and a field of the center's own, and the history says who changed what (CRM-02, CRM-05)", async () => {
  await page.goto(`${at.server.url}/admin/fields/new`);
  await box(ada.t("admin.field.label")).fill("Shoe size");
  await box(ada.t("admin.field.label_fr")).fill("Pointure");
  await box(ada.t("admin.field.name")).fill("shoe");
  await button(ada.t("action.save")).click();
  await page.waitForURL(/\/admin\/fields(\/(?!new)|$)/);

  await page.goto(`${at.server.url}/agent/customers/new`);
  await box(ada.t("records.customer.field.first_name")).fill("Nova");
  await box(ada.t("records.customer.field.last_name")).fill("Quillfeather");
  await box("Shoe size").fill("38");
  await button(ada.t("action.save")).click();
  await named("Nova Quillfeather").waitFor();
  await page.getByText(ada.t("customers.field.home"), { exact: true }).click();
  await page.getByLabel(ada.t("customers.place.city")).first().fill("Iqaluit");
  await box("Shoe size").fill("39");
  await saved();
  const history = page.getByText(
    ada.t("customers.history.change", { field: "Shoe size", before: "38", after: "39" }),
  );
  await history.waitFor();
  expect(await page.getByText(ada.t("customers.field.home")).count()).toBeGreaterThan(1);
  await look(page, "customer-page");
  await page.setViewportSize(narrow);
  await look(page, "customer-page-narrow");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width);
  await page.setViewportSize(wide);
});

it("who may be the same person is suggested with what speaks for it, becomes one, and two again (CRM-02)", async () => {
  const stays = await customer({ first_name: "Ines", last_name: "Okonkwo", phones: ["+1 613 555 0177"] });
  const goes = await customer({ first_name: "In\u00e8s", last_name: "Okonkwo", phones: ["(613) 555-0177"] });
  await open(stays);
  await page
    .getByText(ada.t("customers.duplicates.kind.phone", { value: "+16135550177" }))
    .first()
    .waitFor();
  await button(ada.t("customers.merge.open")).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radiogroup", { name: ada.t("records.customer.field.first_name") }).waitFor();
  await look(page, "customer-merge");
  await dialog.getByRole("radio", { name: "In\u00e8s", exact: true }).check();
  await dialog.getByRole("button", { name: ada.t("customers.merge.verb"), exact: true }).click();
  await named("In\u00e8s Okonkwo").waitFor();
  await dialog.waitFor({ state: "detached" });
  await open(goes);
  await page.waitForURL(new RegExp(stays));
  await button(ada.t("customers.merge.undo")).click();
  await named("Ines Okonkwo").waitFor();
  await open(goes);
  await named("In\u00e8s Okonkwo").waitFor();
  expect(page.url()).toContain(goes);
});

it("whoever may merge chooses with whom, sees both beside each other and what moves, and undoes it (CRM-02)", async () => {
  const stays = await customer({ first_name: "Abel", last_name: "Lindqvist", emails: ["abel@example.com"] });
  const goes = await customer({ first_name: "Corinna", last_name: "Vance", phones: ["+1 613 555 0188"] });
  await open(stays);
  await button(ada.t("customers.merge.openWith")).click();
  const dialog = page.getByRole("dialog");
  const who = dialog.getByRole("textbox", { name: ada.t("customers.merge.with"), exact: true });
  await who.fill("Abel Lind");
  await page.getByText(ada.t("records.customer.nobody")).waitFor(); // not with oneself
  await who.fill("Corinna");
  await page.getByRole("option", { name: /Corinna Vance/ }).click();
  await dialog.getByText(ada.t("customers.merge.nothingAlike")).waitFor();
  const both = dialog.getByRole("table", { name: ada.t("customers.merge.both") });
  await both.getByText("+16135550188").waitFor();
  await dialog.getByText(ada.t("customers.merge.count.phones_one", { count: 1 })).waitFor();
  await look(page, "customer-merge-with");
  await dialog.getByRole("radio", { name: "Vance", exact: true }).check();
  await dialog.getByRole("button", { name: ada.t("customers.merge.verb"), exact: true }).click();
  await named("Abel Vance").waitFor();
  await dialog.waitFor({ state: "detached" });
  await open(goes);
  await page.waitForURL(new RegExp(stays));
  await button(ada.t("customers.merge.undo")).click();
  await named("Abel Lindqvist").waitFor();
  await open(goes);
  await named("Corinna Vance").waitFor();
});

it("a field of many customers is set, many are deleted, and both are undone (CRM-02)", async () => {
  const two = [
    await customer({ first_name: "Zuzana", last_name: "Bulkova" }),
    await customer({ first_name: "Zuzana", last_name: "Manyova" }),
  ];
  const language = async () =>
    Promise.all(two.map(async (id) => (await sam.get<{ language: string }>(`customers/${id}`)).language));
  await page.goto(`${at.server.url}/agent/customers?q=Zuzana`);
  const tick = async () => {
    for (const name of ["Zuzana Bulkova", "Zuzana Manyova"])
      await page.getByRole("checkbox", { name: ada.t("customers.edits.one", { name }), exact: true }).check();
  };
  await tick();
  const bar = page.getByRole("region", { name: ada.t("customers.edits.title") });
  await bar.getByLabel(ada.t("customers.edits.value"), { exact: true }).fill("fr-CA");
  await page.keyboard.press("Escape"); // the suggestions
  await look(page, "customers-ticked");
  await bar.getByRole("button", { name: ada.t("customers.edits.set"), exact: true }).click();
  const result = page.getByRole("region", { name: ada.t("cases.edits.result") });
  await result.getByText(ada.t("customers.edits.changed_other", { count: 2 })).waitFor();
  expect(await language()).toEqual(["fr-CA", "fr-CA"]);
  await result.getByRole("button", { name: ada.t("cases.edits.undo") }).click();
  await result.waitFor({ state: "detached" });
  expect(await language()).toEqual(["", ""]);
  await tick();
  await bar.getByRole("button", { name: ada.t("action.delete"), exact: true }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: ada.t("customers.edits.deleteVerb") })
    .click();
  await page.getByText(ada.t("records.customer.notFound", { q: "Zuzana" })).waitFor();
  await result.getByRole("button", { name: ada.t("cases.edits.undo") }).click();
  await page.getByText("Zuzana Bulkova").waitFor();
});

it("many tasks are given a day and finished at once, and undone (CRM-04)", async () => {
  for (const subject of ["Call the bakery", "Call the tailor"])
    await sam.post("tasks", { kind: "call", subject, due_at: Date.UTC(2026, 2, 3) });
  await page.goto(`${at.server.url}/agent/tasks`);
  await page.getByRole("checkbox", { name: ada.t("cases.task.edits.all"), exact: true }).check();
  const bar = page.getByRole("region", { name: ada.t("cases.task.edits.title") });
  await bar.getByLabel(ada.t("cases.task.dueDay")).fill("2031-03-02");
  await look(page, "tasks-ticked");
  await bar.getByRole("button", { name: ada.t("cases.task.edits.due"), exact: true }).click();
  const result = page.getByRole("region", { name: ada.t("cases.edits.result") });
  await result.waitFor();
  await page.getByText(/2031/).first().waitFor();
  await page.getByRole("checkbox", { name: ada.t("cases.task.edits.all"), exact: true }).check();
  await bar.getByRole("button", { name: ada.t("cases.task.finish"), exact: true }).click();
  await page.getByText(ada.t("cases.task.none")).waitFor();
  await result.getByRole("button", { name: ada.t("cases.edits.undo") }).click();
  await page.getByText("Call the bakery").waitFor();
});

it("one box finds a customer by a misspelt name, by a phone as people write it, and by a word that was said (F047)", async () => {
  const zoe = await Visitor.at(at.browser, at.server.url);
  const amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready();
  await zoe.open();
  await zoe.begin({ name: "Zoe", question: "Is the zeppelin kit back?" });
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("Is the zeppelin kit back?");
  await amy.end();
  await amy.dispose();
  await amy.finish();
  const ask = async (line: string, finds: RegExp) => {
    await page.getByRole("button", { name: ada.t("header.palette") }).click();
    await page.getByRole("combobox", { name: ada.t("palette.placeholder") }).fill(line);
    const option = page.getByRole("option", { name: finds }).first();
    await option.waitFor();
    return option;
  };
  await page.goto(`${at.server.url}/agent/customers`);
  for (const line of ["Quilfeather", "quillfaether nova"]) {
    await (await ask(line, /Nova Quillfeather/)).click();
    await named("Nova Quillfeather").waitFor();
  }
  await ask("514 555.0101", /Marie Tremblay/);
  await page.keyboard.press("Enter");
  await named("Marie Tremblay").waitFor();
  await ask("zeppelin", /zeppelin kit.*Case \d/); // the case whose subject it is; what was said stands below
  const said = page
    .getByRole("option")
    .filter({ has: page.locator("mark") })
    .first();
  await look(page, "search");
  await said.click();
  await page.waitForURL(/interactions\/.*line=/);
  await page.getByText("Is the zeppelin kit back?").first().waitFor();
  expect([...ada.faults, ...amy.faults, ...zoe.faults]).toEqual([]);
});

it("an erased customer leaves a receipt of what went and what stays (A-118, CRM-02)", async () => {
  const id = await customer({ first_name: "Gone", last_name: "Tomorrow", emails: ["gone@example.com"] });
  await open(id);
  await button(ada.t("action.delete")).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: ada.t("customers.deleteVerb") })
    .click();
  await page.waitForURL(/customers$/); // deleted, and then asked to be erased at once
  await open(id);
  await page.getByText(ada.t("customers.why.deleted"), { exact: true }).waitFor();
  await button(ada.t("customers.erase")).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: ada.t("customers.eraseVerb") })
    .click();
  await page.getByText(ada.t("customers.receipt.title")).waitFor();
  await expect.poll(() => page.getByText(ada.t("customers.receipt.underWay")).count()).toBe(0);
  expect(await page.getByText(/Tomorrow|gone@example/).count()).toBe(0);
  await look(page, "customer-erased");
  await page.getByRole("button", { name: ada.t("header.palette") }).click();
  await page.getByRole("combobox").fill("Tomorrow");
  await page.getByText(ada.t("palette.nothing")).waitFor();
  expect(ada.faults).toEqual([]);
});
