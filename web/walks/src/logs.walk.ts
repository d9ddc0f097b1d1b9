import type { Locator } from "playwright-core";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow, wide } from "./browser";
import { Office } from "./office";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

interface Case {
  id: string;
  number: number;
  status: string;
  draft: boolean;
  customer: { id: string; name: string } | null;
  interaction: { id: string } | null;
}

const at = stage();
let amy: Agent;
let sam: Office;

beforeAll(async () => {
  amy = await Agent.signIn(at.browser, at.server.url, "amy");
  sam = await Office.signIn(at.server.url, "sam");
  await amy.ready();
});
beforeEach(async () => {
  await amy.page.goto(`${at.server.url}/agent`);
});

/** set changes settings of the center. */
const set = (ada: Office, values: Record<string, string | boolean>) =>
  ada.put("admin/settings", {
    values: Object.entries(values).map(([key, value]) => ({ scope: "tenant", scope_id: "", key, value })),
  });

/** newest returns the case made last. */
async function newest(office: Office): Promise<Case> {
  const { items } = await office.get<{ items: Case[] }>("cases?limit=1");
  return items[0]!;
}

/** chat lets somebody write, and amy accept. */
async function chat(question: string, account = ""): Promise<Visitor> {
  const visitor = await Visitor.at(at.browser, at.server.url);
  if (account) await visitor.page.locator("#account").selectOption(account);
  await visitor.open();
  await visitor.begin({ name: "Nova Quill", email: "", question });
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears(question);
  return visitor;
}

const inContext = () => amy.page.locator("[data-region=context]");

it("Save to CRM says which case it made, pressing it again and the end make no second one (F011, F013, F037, F040, F044, F063)", async () => {
  const { server } = at;
  const marie = await chat("Where is my blanket?", "1001");
  const save = async (words: string) => {
    await amy.button("agent.conversation.more").click();
    await amy.page.getByRole("menuitem", { name: words }).click();
  };
  const before = await newest(sam);
  await save(amy.t("agent.crm.save"));
  await expect.poll(async () => (await newest(sam)).id).not.toBe(before.id);
  const made = await newest(sam);
  await amy.page.getByText(amy.t("agent.crm.saved", { n: String(made.number) })).waitFor();
  expect([made.customer?.name, made.status]).toEqual(["Marie Tremblay", "closed"]);
  await save(amy.t("agent.crm.update"));
  await amy.page.getByText(amy.t("agent.crm.updated", { n: String(made.number) })).waitFor();
  await amy.say("It comes today.");
  await marie.hears("It comes today.");
  await amy.end();
  await amy.dispose();
  await amy.finish();
  await inContext()
    .getByRole("heading", { name: amy.t("agent.crm.case", { n: String(made.number) }) })
    .waitFor();
  expect(await inContext().getByLabel(amy.t("agent.crm.subject")).count()).toBe(0); // to view, not to edit
  expect((await newest(sam)).id).toBe(made.id);

  await amy.page.goto(`${server.url}/agent/customers/${made.customer!.id}`);
  await amy.page
    .getByRole("link", { name: new RegExp(`${made.number}|blanket`) })
    .first()
    .click();
  await amy.page.getByText("It comes today.").waitFor();
  await amy.page.getByText(amy.t("cases.readOnly")).waitFor();
  await look(amy.page, "case-page");
  await amy.page.emulateMedia({ media: "print" }); // all of it goes to paper, not what the window shows
  const hidden = () =>
    amy.page.locator("main").evaluate((e) => e.scrollHeight - e.parentElement!.clientHeight);
  expect(await hidden()).toBeLessThanOrEqual(0);
  await amy.page.emulateMedia({ media: "screen" });
  const paper = await amy.page
    .context()
    .request.get(`${server.url}/api/cases/${made.id}/paper?language=fr-CA`);
  expect([paper.headers()["content-type"], (await paper.body()).subarray(0, 5).toString()]).toEqual([
    "application/pdf",
    "%PDF-",
  ]);
  expect([...amy.faults, ...marie.faults]).toEqual([]);
});

it("somebody new: the log opens to edit, asks whose it is, shows the one just created first; a draft waits in My drafts (F041, F042, F043)", async () => {
  const { server } = at;
  const nova = await chat("Do you ship to Iqaluit?");
  await amy.end();
  await amy.dispose();
  await amy.finish();
  const made = await newest(sam);
  expect(made.customer).toBeNull();
  const log = inContext();
  await log.getByRole("button", { name: amy.t("action.save"), exact: true }).click(); // nothing was typed yet
  await log.getByText(amy.t("error.customer_required")).first().waitFor();
  await look(amy.page, "agent-log-whose");
  await log.getByLabel(amy.t("agent.crm.subject")).fill("Shipping to Iqaluit");
  await log.getByRole("button", { name: amy.t("action.saveDraft") }).click();
  await expect.poll(async () => (await newest(sam)).draft).toBe(true);
  await amy.page.getByRole("link", { name: /1 / }).first().waitFor();

  const born = await sam.post<{ id: string }>("customers", {
    first_name: "Nova",
    last_name: "Quill",
    draft: false,
  });
  await amy.page.goto(`${server.url}/agent/cases?draft=mine`);
  await amy.page
    .getByRole("link", { name: /Iqaluit/ })
    .first()
    .click();
  const whose = amy.page.getByRole("textbox", { name: amy.t("records.case.field.customer") });
  await whose.click();
  const first = amy.page.getByRole("option").first();
  await first.getByText("Nova Quill").waitFor();
  await first.click();
  await look(amy.page, "case-log");
  await amy.page.getByRole("button", { name: amy.t("action.save"), exact: true }).click();
  await expect.poll(async () => (await newest(sam)).customer?.id).toBe(born.id);
  expect((await newest(sam)).draft).toBe(false);
  expect([...amy.faults, ...nova.faults]).toEqual([]);
});

it("the settings say whether there is a log and how it opens; a case of a social network is closed (F012, F038, F039)", async () => {
  const { browser, server } = at;
  const ada = await Office.signIn(server.url, "ada");
  await set(ada, { "autolog.pop": "edit", "autolog.case_status": "open" });
  const marie = await chat("Is it blue?", "1001");
  await amy.end();
  await amy.dispose();
  await amy.finish();
  await inContext().getByLabel(amy.t("agent.crm.subject")).waitFor();
  const web = await newest(ada);
  expect(web.status).toBe("open");

  await set(ada, { "autolog.enabled": false });
  await chat("And green?", "1001");
  await amy.end();
  await amy.dispose();
  await amy.finish();
  await amy.has(0);
  expect((await newest(ada)).id).toBe(web.id);

  await set(ada, { "autolog.enabled": true });
  const simulator = await Simulator.at(browser, server.url);
  const phone = await simulator.take(phones.messenger);
  await phone.say("Hello from Messenger");
  await amy.offer.waitFor();
  await amy.accept();
  await amy.end();
  await amy.dispose();
  await amy.finish();
  await expect.poll(async () => (await newest(ada)).id).not.toBe(web.id);
  expect((await newest(ada)).status).toBe("closed");
  expect([...amy.faults, ...marie.faults]).toEqual([]);
});

it("what a colleague saves while a log stands typed is kept: two fields go together, one field is asked about (UX-43, R-69)", async () => {
  const { page } = amy;
  await chat("Who writes here?", "1001");
  await amy.button("agent.conversation.more").click();
  await page.getByRole("menuitem", { name: amy.t("agent.crm.save") }).click();
  const [subject, notes] = [amy.t("agent.crm.subject"), amy.t("agent.crm.notes")].map((l) =>
    inContext().getByLabel(l, { exact: true }),
  ) as [Locator, Locator];
  await subject.fill("Typed by Amy");
  const { id } = await newest(sam);
  const writes = async (notes: string) => {
    const c = await sam.get<Case & { subject: string; rev: number }>(`cases/${id}`);
    const { status, draft, subject, rev } = c;
    await sam.put(`cases/${id}`, { customer_id: c.customer?.id, status, draft, subject, rev, notes });
  };
  await writes("Written by Sam");
  await page.reload();
  await expect.poll(() => notes.inputValue()).toBe("Written by Sam");
  expect(await subject.inputValue()).toBe("Typed by Amy");

  await notes.fill("Typed by Amy too");
  await writes("Sam again");
  await page.reload();
  await expect.poll(() => notes.inputValue()).toBe("Typed by Amy too");
  await inContext()
    .getByRole("button", { name: amy.t("action.save"), exact: true })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Sam again").waitFor();
  await look(page, "agent-log-conflict");
  await dialog.getByRole("button", { name: amy.t("editor.conflictSave") }).click();
  await expect
    .poll(() => sam.get(`cases/${id}`))
    .toMatchObject({
      subject: "Typed by Amy",
      notes: "Typed by Amy too",
    });
  await amy.end();
  await amy.dispose();
  await amy.finish();
  expect(amy.faults).toEqual([]);
});

it("on a phone a log saved during the chat lies over nothing: it opens once the wrap-up is done, its buttons above the navigation (CRM-10, CRM-12)", async () => {
  const { page } = amy;
  await page.setViewportSize(narrow);
  await chat("From a bus");
  await amy.button("agent.conversation.more").click();
  await page.getByRole("menuitem", { name: amy.t("agent.crm.save") }).click();
  const draft = inContext().getByRole("button", { name: amy.t("action.saveDraft") });
  await draft.waitFor();
  await inContext().getByLabel(amy.t("agent.crm.subject")).fill("On the bus"); // the bar has its most lines now
  const save = inContext().getByRole("button", { name: amy.t("action.save"), exact: true });
  const end = async () => (await save.boundingBox())!.y + (await save.boundingBox())!.height;
  expect(await end()).toBeLessThanOrEqual(narrow.height - 56);
  await inContext()
    .getByRole("button", { name: amy.t("action.close") })
    .click();
  await amy.end();
  await amy.dispose();
  await amy.finish();
  await draft.waitFor();
  await page.setViewportSize(wide);
  expect(amy.faults).toEqual([]);
});
