import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { Office } from "./office";
import { type Phone, phones, Simulator } from "./phone";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();
let amy: Agent;
let simulator: Simulator;

beforeAll(async () => {
  const ada = await Office.signIn(at.server.url, "ada");
  const pops = { scope: "tenant", scope_id: "", key: "dyn.pop", value: true }; // the demo has it off
  await ada.put("admin/settings", { values: [pops] });
  amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready();
  simulator = await Simulator.at(at.browser, at.server.url);
});

const two = () => amy.t("crm.matches_other", { count: 2 });
const avatar = (what: string) => amy.page.getByRole("button", { name: amy.t("crm.avatar", { what }) });

/** opens returns the tab that an act opens, with it in front. */
async function opens(act: () => Promise<void>): Promise<Page> {
  const [page] = await Promise.all([amy.page.context().waitForEvent("page"), act()]);
  await page.bringToFront();
  return page;
}

/** writes lets a phone say something, and waits until the CRM has answered the offer. */
async function writes(phone: Phone, text: string, found: string): Promise<void> {
  await phone.say(text);
  await amy.offer.waitFor();
  await amy.offer.locator("[data-crm=found]").getByText(found).waitFor();
}

/** waits is when what opens with the accept click is known on the card: it is a link there. */
const waits = (key = "crm.open") => amy.offer.getByRole("link", { name: amy.t(key) }).waitFor();

/** wraps ends what is open, and returns the tab of the log outside. */
async function wraps(): Promise<Page> {
  await amy.end();
  await amy.dispose();
  const log = await opens(() => amy.finish());
  await log.waitForURL(/etn=phonecall/);
  return log;
}

it("one record fits an address: it opens with the accept click, and the log is filed under it (DYN-02, DYN-03, DYN-06, F088, F089, F094)", async () => {
  const marie = await Visitor.at(at.browser, at.server.url);
  const what = amy.t("crm.matches_one", { count: 1 });
  await marie.open();
  await marie.begin({ name: "Marie", email: "marie.tremblay@example.com", question: "Where is my parcel?" });
  await amy.offer.locator("[data-crm=found]").getByText(what).waitFor();
  await waits();
  await look(amy.page, "agent-offer-crm");
  const record = await opens(() => amy.accept());
  await record.getByText("marie.tremblay@example.com").first().waitFor();
  await record.close();
  await amy.say("It left today.");
  await avatar(what).click();
  await amy.page.getByRole("radio", { name: "Marie Tremblay" }).waitFor();
  await look(amy.page, "agent-crm");
  await amy.page.getByRole("button", { name: amy.t("crm.back") }).click();
  const log = await wraps();
  await log.getByText("It left today.").first().waitFor();
  await log.close();
  expect([...amy.faults, ...marie.faults]).toEqual([]);
});

it("two records fit a number: the offer and the avatar say so, the first opens, the second is chosen, the log is under it (DYN-02 to DYN-06, F086, F087, F088, F089, F090, F092, F094)", async () => {
  const marie = await simulator.take(phones.whatsapp);
  await writes(marie, "Where is my blanket?", two());
  await waits();
  await look(amy.page, "agent-offer-matches");
  const record = await opens(() => amy.accept());
  await record.waitForURL(/etn=contact/);
  const first = (await record.getByRole("heading", { level: 1 }).textContent()) ?? "";
  await record.close();
  await amy.say("On its way.");
  await marie.hears("On its way.");

  await avatar(two()).click();
  const choices = amy.page.getByRole("radio", { name: /Marie Tremblay/ });
  expect(await choices.count()).toBe(2);
  expect(await amy.page.getByRole("radio", { name: first, exact: true }).isChecked()).toBe(true);
  const second = first === "Marie Tremblay" ? "Marie Tremblay-Roy" : "Marie Tremblay";
  await amy.page.getByRole("radio", { name: second, exact: true }).check();
  await amy.page
    .getByText(amy.t("crm.chosen", { name: second }))
    .first()
    .waitFor();
  await look(amy.page, "agent-crm-matches");
  await amy.page.getByRole("button", { name: amy.t("crm.back") }).click();
  await amy.hears("On its way.");
  await amy.page.getByRole("radio", { name: second, exact: true }).waitFor({ state: "detached" });

  const log = await wraps();
  await log.getByRole("link", { name: second, exact: true }).first().waitFor();
  await log.getByText("On its way.").first().waitFor();
  await log.getByText("Where is my blanket?").first().waitFor();
  const whole = await log.locator("main").textContent();
  for (const when of ["Initiated", "Accepted", "Ended"])
    expect(whole).toMatch(new RegExp(`${when}: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC`));
  await log.close();
  expect(amy.faults).toEqual([]);
});

it("with the switch off nothing opens and the list waits; who chooses nothing files it under the first (DYN-04, DYN-07, F091, F093, F095)", async () => {
  const url = at.server.url;
  await amy.status("available").click();
  await amy.page.getByRole("menuitem", { name: amy.t("header.profile") }).click();
  const auto = () => amy.page.getByRole("switch", { name: amy.t("crm.profile.multi") });
  await auto().click({ force: true });
  await expect.poll(() => auto().isChecked()).toBe(false);
  await look(amy.page, "agent-profile-crm");
  await amy.page.reload();
  await auto().waitFor();
  await expect.poll(() => auto().isChecked()).toBe(false);
  await amy.page.goto(`${url}/agent`);

  const marie = await simulator.take(phones.whatsapp);
  await writes(marie, "And the second one?", two());
  expect(await amy.offer.getByRole("link", { name: amy.t("crm.open") }).count()).toBe(0);
  const before = amy.page.context().pages().length;
  await amy.accept();
  await avatar(two()).click();
  const choices = amy.page.getByRole("radio", { name: /Marie Tremblay/ });
  await choices.first().waitFor();
  expect(amy.page.context().pages().length).toBe(before);
  expect(await choices.first().isChecked()).toBe(true);
  const name = (await amy.page.locator("[data-record] label").first().textContent()) ?? "";

  const log = await wraps();
  await log.getByRole("link", { name, exact: true }).first().waitFor();
  await log.close();
  expect(amy.faults).toEqual([]);
});

it("nobody has the number: the CRM's form opens with it, and saving makes the contact (DYN-03, F081)", async () => {
  const { page } = simulator;
  await page.getByRole("button", { name: simulator.t("phone.add"), exact: true }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("combobox").first().selectOption("ent_whatsapp");
  await form.getByLabel(simulator.t("phone.name")).fill("Nova Quill");
  await form.getByLabel(simulator.t("phone.number"), { exact: true }).fill("16475550177");
  await form.locator("button[type=submit]").click();
  const nova = await simulator.take("ent_whatsapp/16475550177");
  await writes(nova, "Do you ship to Iqaluit?", amy.t("crm.nobody"));
  await waits("crm.newThere");
  const blank = await opens(() => amy.accept());
  await blank.getByRole("heading", { name: "New contact" }).waitFor();
  expect(await blank.getByLabel("mobilephone").inputValue()).toContain("6475550177");
  await blank.getByLabel("lastname").fill("Quill");
  await blank.getByRole("button", { name: "Save" }).click();
  await blank.getByRole("heading", { name: /Quill/ }).waitFor();
  await blank.close();

  await avatar(amy.t("crm.nobody")).click();
  await amy.button("crm.again").click();
  await amy.page.getByRole("radio", { name: /Quill/ }).waitFor();
  await avatar(amy.t("crm.matches_one", { count: 1 })).waitFor();
  const log = await wraps();
  await log.getByRole("link", { name: /Quill/ }).first().waitFor();
  await log.close();
  expect(amy.faults).toEqual([]);
});

/** weather is how the simulated CRM answers from now on. */
const weather = (how: Record<string, number>) =>
  fetch(`${at.server.url}/sim/control/weather/crm_demo`, { method: "PUT", body: JSON.stringify(how) });

it("what the browser blocks waits as a link; a CRM that is down says so, the chat goes on, and its log waits and arrives (DYN-03, DYN-06, DYN-08, F094)", async () => {
  const marie = await Visitor.at(at.browser, at.server.url);
  await marie.open();
  await marie.begin({ name: "Marie", email: "marie.tremblay@example.com", question: "Is it repaired?" });
  await waits();
  await amy.page.evaluate(() => {
    window.open = () => null;
  });
  await amy.accept();
  const waiting = amy.page.getByRole("navigation", { name: amy.t("crm.waiting") });
  await look(amy.page, "agent-crm-waiting");
  const record = await opens(() => waiting.getByRole("link").click());
  await record.getByText("marie.tremblay@example.com").first().waitFor();
  await record.close();
  await waiting.waitFor({ state: "detached" });

  await weather({ fail: 1 });
  await amy.say("It is.");
  await marie.hears("It is.");
  const id = amy.page.url().split("/").at(-1);
  await amy.end();
  await amy.dispose();
  await amy.finish();
  const log = await amy.page.context().newPage();
  await log.goto(`${at.server.url}/agent/crm-log/${id}`);
  await log.getByText(amy.t("crm.code.transient")).waitFor();
  await look(log, "agent-log-waits");

  const sam = await Visitor.at(at.browser, at.server.url);
  await sam.open();
  await sam.begin({ name: "Sam Roe", email: "sam.roe@example.com", question: "Are you there?" });
  await amy.offer.locator("[data-crm=unavailable]").waitFor();
  await look(amy.page, "agent-offer-crm-down");
  await amy.accept();
  await amy.say("I am.");
  await sam.hears("I am.");
  await weather({ fail: 0 });
  await log.waitForURL(/etn=phonecall/, { timeout: 120_000 });
  await log.getByText("It is.").first().waitFor();
  await log.close();
  expect([...amy.faults, ...marie.faults, ...sam.faults]).toEqual([]);
});
