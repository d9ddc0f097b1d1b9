import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { openTab } from "./browser";
import { Office } from "./office";
import { type Phone, phones, Simulator } from "./phone";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

interface Filed {
  id: string;
}

const at = stage();
let amy: Agent;
let simulator: Simulator;
let noah: Phone;

beforeAll(async () => {
  amy = await Agent.signIn(at.browser, at.server.url, "amy", "en", { reducedMotion: "no-preference" });
  await amy.ready();
  simulator = await Simulator.at(at.browser, at.server.url);
});

it("F058, F061: the tab blinks red until the offer is accepted, and the record of a known number opens", async () => {
  const icon = () => amy.page.locator("link[rel=icon]").getAttribute("href");
  const red = async () => /alert/.test((await icon()) ?? "");
  expect(await red()).toBe(false);
  noah = await simulator.take(phones.sms);
  await noah.say("Is my order on its way?");
  await amy.offer.waitFor();
  for (const on of [true, false, true]) await expect.poll(red, { interval: 40 }).toBe(on);
  expect(await amy.page.title()).toContain("(1)");
  await amy.page.locator("[data-region=offer-row]").getByText("Noah Singh").waitFor();
  await look(amy.page, "agent-offer-sms-blinking");
  await amy.accept();
  await amy.page.locator("[data-region=context]").getByText("noah.singh@example.com").waitFor();
  await expect.poll(red).toBe(false);
  expect(await amy.page.title()).not.toContain("(1)");
});

it("F060, F059: the check mark in the list takes the offer that the panel shows, once; each network has an icon of its own", async () => {
  const shapes = new Set<string>();
  const others = ["whatsapp", "messenger", "x"] as const;
  for (const [n, network] of others.entries()) {
    const phone = await simulator.take(phones[network]);
    await phone.say(`Hello by ${network}`);
    await amy.offer.waitFor();
    const mark = amy.page.locator("[data-region=offer-row]").getByRole("button").first();
    await mark.dblclick(); // the second click does nothing
    await amy.hears(`Hello by ${network}`);
    await amy.has(n + 2);
    expect(await amy.offer.count()).toBe(0);
  }
  const visitor = await Visitor.at(at.browser, at.server.url);
  await visitor.open();
  await visitor.begin({ name: "Vera Roy", question: "Hello by web" });
  await amy.offer.waitFor();
  await amy.accept();
  await amy.has(5);
  for (let n = 0; n < 5; n++) shapes.add(await amy.rows.nth(n).locator("svg").first().innerHTML());
  expect(shapes.size).toBe(5);
  await look(amy.page, "agent-five-icons");
  expect([...amy.faults, ...visitor.faults]).toEqual([]);
});

it("F057: texts have no button for emoji or files; a pasted emoji is refused in words and does not go out", async () => {
  await amy.rows.filter({ hasText: "Noah Singh" }).click();
  await amy.hears("Is my order on its way?");
  const composer = amy.page.locator("[data-region=composer]");
  expect(await composer.locator("input[type=file]").count()).toBe(0);
  await amy.composer.focus();
  await amy.page.keyboard.insertText("Yes \u{1F60A}"); // as pasting does
  await composer
    .locator("#composer-count", { hasText: amy.t("agent.composer.plain", { channel: amy.t("channel.sms") }) })
    .waitFor();
  expect(await amy.button("agent.composer.send", composer).isDisabled()).toBe(true);
  await amy.say("Yes, it comes on Monday.");
  await noah.hears("Yes, it comes on Monday.");
  expect(await noah.log()).toEqual(["Is my order on its way?", "Yes, it comes on Monday."]);
});

it("SMS-09: who asks for help by keyword is answered at once, in the word's language, and the agent reads so", async () => {
  await noah.say("AIDE");
  await noah.bubble("Répondez STOP pour ne plus recevoir de messages.").waitFor();
  await amy.page.locator("[data-region=conversation]").getByText(amy.t("system.help_answered")).waitFor();
  await noah.say("HELP"); // this number's provider answers it
  await amy.page.locator("[data-region=conversation]").getByText(amy.t("system.help_given")).waitFor();
  await look(amy.page, "agent-sms-help");
  await look(simulator.page, "phone-sms-help");
});

it("F055, F111: a text conversation stays until the agent ends it, and is a case of the known customer by SMS", async () => {
  await noah.say("Thanks, bye");
  await amy.hears("Thanks, bye");
  await noah.body.getByRole("button", { name: /phone away$/ }).click();
  await amy.rows.filter({ hasText: "Noah Singh" }).waitFor();
  await amy.end();
  await amy.saveCase();
  await amy.finish();
  await amy.has(4);
  const sam = await Office.signIn(at.server.url, "sam");
  const { items } = await sam.get<{ items: Filed[] }>("cases?limit=1");
  await amy.page.goto(`${at.server.url}/agent/cases/${items[0]!.id}`);
  const page = amy.page.locator("main");
  await page.getByRole("link", { name: amy.t("records.case.openCustomer") }).waitFor();
  expect(await page.getByRole("textbox", { name: amy.t("records.case.field.customer") }).inputValue()).toBe(
    "Noah Singh",
  );
  await page.getByText(amy.t("channel.sms"), { exact: true }).first().waitFor();
  await look(amy.page, "case-sms");
  expect(amy.faults).toEqual([]);
});

it("F056: a short code is refused with its reason, as sender and as recipient; a toll-free number is taken", async () => {
  const { page, faults } = await openTab(at.browser);
  await page.context().request.post(`${at.server.url}/api/session`, {
    data: { login: "ada", password: "demo", take_over: true },
  });
  await page.goto(`${at.server.url}/admin/entry-points/ent_sms/account`);
  const number = page.getByRole("textbox", { name: amy.t("channel.field.phone_number") });
  const save = page.getByRole("button", { name: amy.t("action.save"), exact: true });
  const refused = page.getByText(amy.t("field.short_code")).first();
  await number.fill("24680");
  await save.click();
  await refused.waitFor();
  await look(page, "admin-sms-short-code");
  await number.fill("+1 800 555 0199");
  await save.click();
  await refused.waitFor({ state: "detached" });
  const kept = () => page.request.get(`${at.server.url}/api/admin/entry-points/ent_sms`);
  await expect.poll(async () => (await (await kept()).json()).address).toBe("+18005550199");
  await page.goto(`${at.server.url}/admin/entry-points/ent_sms/connection`);
  await page.getByRole("combobox", { name: amy.t("admin.network.testTo") }).fill("24680");
  await page.getByRole("button", { name: amy.t("admin.network.sendTest") }).click();
  await page.getByText(amy.t("error.short_code")).first().waitFor();
  expect(faults).toEqual([]);
});
