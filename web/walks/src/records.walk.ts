import { beforeAll, beforeEach, expect, it } from "vitest";
import { Agent } from "./agent";
import { Office } from "./office";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

interface Filed {
  id: string;
  number: number;
  status: string;
  interaction: { id: string } | null;
}

const at = stage();
let amy: Agent;
let ada: Office;

beforeAll(async () => {
  amy = await Agent.signIn(at.browser, at.server.url, "amy");
  amy.page.context().on("page", (tab) => void tab.close()); // what CRMs outside open
  ada = await Office.signIn(at.server.url, "ada");
  await amy.ready();
});
beforeEach(async () => {
  await amy.page.goto(`${at.server.url}/agent`);
});

/** known ends when amy's page has read what concerns her anew. */
const known = () => amy.page.waitForResponse((answer) => answer.url().endsWith("/api/live/snapshot"));

/** set changes settings of the center, and waits until amy's page has read them: she does not sign in again. */
async function set(values: Record<string, string | boolean>): Promise<void> {
  const read = known();
  await ada.put("admin/settings", {
    values: Object.entries(values).map(([key, value]) => ({ scope: "tenant", scope_id: "", key, value })),
  });
  await read;
}

const preview = () => amy.page.locator("[data-region=preview]");
const context = () => amy.page.locator("[data-region=context]");
const record = (name: string) => context().getByRole("link", { name, exact: true });

/** writes lets a visitor of the site begin a chat, and waits until it rings. */
async function writes(question: string, fields: Record<string, string> = {}): Promise<Visitor> {
  const visitor = await Visitor.at(at.browser, at.server.url);
  await visitor.open();
  await visitor.begin({ name: "Marie", question, ...fields });
  await amy.offer.getByText(question).waitFor();
  return visitor;
}

async function finished(): Promise<void> {
  await amy.end();
  await amy.dispose();
  await amy.finish();
}

it("the record of somebody known is there while it still rings, and beside the chat; with the setting off only after accepting, and with none on request (F008, F009, F026, POP-01)", async () => {
  await writes("Where is my blanket?", { account_number: "1001" });
  await preview().getByRole("link", { name: "Marie Tremblay", exact: true }).waitFor();
  await amy.button("agent.offer.accept").waitFor();
  await amy.accept();
  await record("Marie Tremblay").waitFor();
  await finished();

  await amy.page.goto(`${at.server.url}/agent`);
  await set({ "pop.on_offer": false, "pop.on_accept": true });
  await writes("And my pillow?", { account_number: "1001" });
  expect(await preview().count()).toBe(0);
  await amy.accept();
  await record("Marie Tremblay").waitFor();
  await finished();

  await amy.page.goto(`${at.server.url}/agent`);
  await set({ "pop.on_accept": false, "pop.on_end": true });
  await writes("And my sheet?", { account_number: "1001" });
  await amy.accept();
  await amy.button("agent.match.open", context()).waitFor();
  expect(await record("Marie Tremblay").count()).toBe(0);
  await amy.end();
  await record("Marie Tremblay").waitFor();
  await amy.dispose();
  await amy.finish();
  await set({ "pop.on_offer": true, "pop.on_end": false });
  expect(amy.faults).toEqual([]);
});

it("whoever typed a case number gets that case, whoever typed only an e-mail their record (F025, POP-04)", async () => {
  await writes("About my case", { case_number: "1001" });
  await preview().getByText(amy.t("agent.match.case")).waitFor();
  await amy.accept();
  const named = context()
    .getByRole("link", { name: /1001 Parcel arrived damaged/ })
    .first();
  await named.getByText(amy.t("agent.match.case")).waitFor();
  await look(amy.page, "agent-case-named");
  await named.click();
  await amy.page.getByRole("heading", { level: 1, name: /1001/ }).waitFor();
  await amy.page.goBack();
  await finished();

  await amy.page.goto(`${at.server.url}/agent`);
  await writes("Only me", { email: "hans.mueller@example.com" });
  await amy.accept();
  await record("Hans M\u00fcller").waitFor();
  expect(await context().getByText(amy.t("agent.match.case")).count()).toBe(0);
  await finished();
  expect(amy.faults).toEqual([]);
});

it("somebody new on Messenger is a customer with that name and address; their case is closed, and shows the whole conversation later (F010, F012, F013)", async () => {
  const simulator = await Simulator.at(at.browser, at.server.url);
  const phone = await simulator.take(phones.messenger);
  await phone.say("Do you have it in green?");
  await amy.offer.getByText("Do you have it in green?").waitFor();
  await amy.accept();
  await amy.say("Yes, we do.");
  await phone.hears("Yes, we do.");
  const [name = ""] = await context().locator("header a[href^='/agent/customers/']").allInnerTexts();
  await finished();
  await context().getByText("Do you have it in green?").waitFor(); // what the log is about

  await amy.page.goto(`${at.server.url}/agent/customers`);
  await amy.page.getByRole("searchbox").fill(name);
  await amy.page.getByRole("row", { name }).getByRole("link").click();
  await amy.page
    .getByText(`${phones.messenger.split("/")[1]}`)
    .first()
    .waitFor();
  const row = amy.page.getByRole("row", { name: "Do you have it in green?" });
  await row.getByText(amy.t("case.closed")).waitFor();
  await row.getByRole("link").click();
  await amy.page.getByText(amy.t("cases.readOnly")).waitFor();
  const said = amy.page.locator("article[data-sender] > p[dir=auto]");
  await expect.poll(() => said.allInnerTexts()).toEqual(["Do you have it in green?", "Yes, we do."]);
  expect([...amy.faults, ...simulator.faults]).toEqual([]);
});

it("a record that did not come is fetched again or opened; signing in again brings back the chat and the record (F027, POP-06)", async () => {
  const at1001 = /\/api\/customers\/cus_[^/]+$/;
  await amy.page.route(at1001, (route) => route.abort());
  await writes("Where is it?", { account_number: "1007" });
  await amy.accept();
  await context().getByText(amy.t("agent.match.failed")).waitFor();
  await context()
    .getByRole("link", { name: amy.t("agent.match.open") })
    .waitFor();
  await look(amy.page, "agent-record-failed");
  await amy.page.unroute(at1001);
  await amy.button("action.retry", context()).click();
  await record("Liam O'Brien").waitFor();
  expect(amy.page.context().pages().length).toBe(1); // no window of the browser's was needed

  await amy.page.context().clearCookies(); // who holds a conversation cannot log out: the session is lost
  await amy.page.goto(at.server.url);
  await amy.takeOver("amy");
  await amy.rows.first().click();
  await amy.hears("Where is it?");
  await record("Liam O'Brien").waitFor();
  await finished();
  expect(amy.faults).toEqual([]);
});

it("without a log no case appears, and the supervisor still reads the chat; kept without opening, it is only stored (F037, F039)", async () => {
  const cases = () => ada.get<{ items: Filed[] }>("cases?limit=1").then(({ items }) => items[0]!);
  await set({ "autolog.enabled": false });
  const before = await cases();
  await writes("Nobody files this", { account_number: "1001" });
  await amy.accept();
  const [, id] = /\/i\/([^?]+)/.exec(amy.page.url())!;
  await finished();
  await amy.has(0);
  expect((await cases()).id).toBe(before.id);
  const sam = await Agent.signIn(at.browser, at.server.url, "sam");
  await sam.page.goto(`${at.server.url}/agent/interactions/${id}`);
  await sam.page.getByText("Nobody files this").first().waitFor();

  await amy.page.goto(`${at.server.url}/agent`);
  await set({ "autolog.enabled": true, "autolog.pop": "none" });
  await writes("Only kept", { account_number: "1001" });
  await amy.accept();
  await finished();
  await expect.poll(async () => (await cases()).id).not.toBe(before.id);
  const title = amy.t("agent.crm.case", { n: String((await cases()).number) });
  expect(await context().getByRole("heading", { name: title }).count()).toBe(0);
  await set({ "autolog.pop": "auto" });
  expect([...amy.faults, ...sam.faults]).toEqual([]);
});

it("the console says Accept Chat, End Chat and End Post Processing, and works the same (F102)", async () => {
  const { items } = await ada.get<{ items: Record<string, unknown>[] }>("admin/groups");
  const read = known();
  for (const { id, default: _, agents: __, ...group } of items)
    await ada.put(`admin/groups/${id}`, { ...group, preset: "console" });
  await read;
  const visitor = await writes("Is this the old one?");
  await amy.offer.getByRole("button", { name: amy.t("agent.console.accept") }).click();
  await amy.hears("Is this the old one?");
  await amy.say("It is.");
  await visitor.hears("It is.");
  await look(amy.page, "agent-console");
  await amy.button("agent.console.end").click();
  await amy.status("console.post_processing").waitFor();
  await amy.dispose();
  await look(amy.page, "agent-console-post");
  await amy.wrapUp.getByRole("button", { name: amy.t("agent.console.finish") }).click();
  await amy.wrapUp.waitFor({ state: "detached" });
  await amy.status("available").waitFor();
  await amy.has(0);
  expect([...amy.faults, ...visitor.faults]).toEqual([]);
});

it("a list is kept once however often it is clicked, and gets another name; an import asks what the columns are where no head is known (CRM-14, CRM-02)", async () => {
  const { page } = amy;
  await page.goto(`${at.server.url}/agent/cases?status=open`);
  await amy.button("records.saved.lists").click();
  await page.getByRole("menuitem", { name: amy.t("records.saved.keep") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: amy.t("records.saved.name") }).fill("Open ones");
  await dialog.getByRole("button", { name: amy.t("records.saved.keep") }).dblclick();
  await dialog.waitFor({ state: "detached" });
  const kept = await page.request.get(`${at.server.url}/api/lists?list=cases`);
  expect((await kept.json()).items.map((l: { name: string }) => l.name)).toEqual(["Open ones"]);
  await amy.page.getByRole("button", { name: "Open ones", exact: true }).click();
  await page.getByRole("menuitem", { name: amy.t("records.saved.rename", { name: "Open ones" }) }).click();
  await dialog.getByRole("textbox", { name: amy.t("records.saved.name") }).fill("Still open");
  await dialog.getByRole("button", { name: amy.t("action.save") }).click();
  await amy.page.getByRole("button", { name: "Still open", exact: true }).waitFor();

  await page.goto(`${at.server.url}/agent/customers/import`);
  const buffer = Buffer.from("who,what\nKim,Lee\nSue,Ray\n");
  await page.locator("input[type=file]").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer });
  await page.getByText(amy.t("records.table.unknown")).waitFor();
  await look(page, "import-columns");
  for (const [head, field] of [
    ["who", "first_name"],
    ["what", "last_name"],
  ] as const) {
    await page
      .getByRole("combobox", { name: head })
      .or(page.getByRole("textbox", { name: head }))
      .first()
      .click();
    await page.getByRole("option", { name: amy.t(`records.table.field.${field}`), exact: true }).click();
  }
  await page.getByText(amy.t("records.table.ready_other", { count: "2" })).waitFor();
  expect(amy.faults).toEqual([]);
});
