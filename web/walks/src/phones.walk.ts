import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { Control } from "./control";
import { Office } from "./office";
import { Phone, phones, Simulator } from "./phone";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();
let amy: Agent;
let simulator: Simulator;

beforeAll(async () => {
  amy = await Agent.signIn(at.browser, at.server.url, "amy");
  simulator = await Simulator.at(at.browser, at.server.url);
});

/** done ends what is open, and its wrap-up. */
async function done(): Promise<void> {
  await amy.end();
  await amy.dispose();
  await amy.finish();
}

it("on break and offline nothing rings though customers wait; available, the longest waiting rings, with all they wrote (F006, F007)", async () => {
  const marie = await simulator.take(phones.whatsapp);
  await marie.say("Where is my parcel?");
  await marie.say("It was to come on Monday.");
  const ada = await simulator.take(phones.x);
  await ada.say("Do you have it in red?");
  const waiting = (n: number) => amy.page.locator("[data-region=panel]").getByText(`${n}`, { exact: true });
  await waiting(2).waitFor();
  expect(await amy.offer.count()).toBe(0);
  await amy.button("status.action.work_offline", amy.page.getByRole("main")).click();
  await amy.status("work_offline").waitFor();
  expect(await amy.offer.count()).toBe(0);
  await waiting(2).waitFor();
  await amy.button("status.action.ready").click();
  await amy.offer.getByText("Marie Tremblay").first().waitFor();
  await amy.accept();
  await amy.hears("Where is my parcel?");
  await amy.hears("It was to come on Monday.");
  await done();
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("Do you have it in red?");
  await done();
});

it("a Facebook chat is offered, rejected, accepted, answered from the FAQ, given its code and filed as any other (F001, F005, SOC-03)", async () => {
  const office = await Office.signIn(at.server.url, "ada");
  const { items } = await office.get<{ items: { id: string; login: string }[] }>("admin/agents");
  await office.change(`admin/agents/${items.find((p) => p.login === "amy")!.id}`, { may_reject: true });
  const jose = await simulator.take(phones.messenger);
  await jose.say("Do you gift-wrap?");
  await amy.offer.waitFor();
  const reject = amy.button("agent.offer.reject", amy.offer);
  await expect.poll(() => reject.getAttribute("aria-disabled")).not.toBe("true");
  await reject.click();
  await amy.status("on_break").waitFor();
  expect(await amy.offer.count()).toBe(0);
  await amy.button("status.action.ready").click();
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("Do you gift-wrap?");
  await amy.composer.focus();
  await amy.page.keyboard.press("/");
  await amy.page.getByRole("combobox", { name: amy.t("agent.faq.find") }).fill("gift-wrap");
  await amy.page.getByRole("option", { name: /Do you gift-wrap/ }).waitFor();
  await amy.page.keyboard.press("Enter");
  await expect.poll(() => amy.composer.inputValue()).toContain("ift");
  const answer = await amy.composer.inputValue();
  await amy.composer.press("Enter");
  await expect.poll(async () => (await jose.log()).at(-1)).toBe(answer);
  await amy.end();
  await amy.dispose();
  await amy.saveCase();
  await amy.finish();
  await amy.has(0);
});

it("somebody unknown on Facebook: after accepting they are a customer with their name and their id there (F010, SOC-04, SOC-05)", async () => {
  const ravi = "8328923457821345";
  await new Control(at).say("ent_messenger", ravi, "Ravi Menon", "Do you repair watches?");
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("Do you repair watches?");
  const record = amy.page.locator("[data-region=context]");
  await record.getByText(ravi).first().waitFor();
  await done();
  await amy.page.goto(`${at.server.url}/agent/customers?q=Ravi`);
  await amy.page.getByRole("link", { name: "Ravi Menon" }).first().click();
  await amy.page.getByRole("heading", { level: 1, name: /Ravi Menon/ }).waitFor();
  await amy.page.getByText(new RegExp(ravi)).first().waitFor();
  await look(amy.page, "customer-of-facebook");
  await amy.page.goto(`${at.server.url}/agent`);
});

it("what a customer does on a phone the agent sees: a picture, a reaction, an edit, a message taken back (CNV-07)", async () => {
  const marie = await simulator.take(phones.whatsapp);
  await marie.say("My parcel is broken");
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("My parcel is broken");
  await amy.say("Can you show me?");
  await marie.hears("Can you show me?");
  await marie.button("write.attach").click();
  await marie.button("sample.parcel").click();
  await marie.body.locator("article[data-from=customer] img").last().waitFor();
  await amy.log.locator("article[data-sender=customer] img").first().waitFor();
  await act(marie, "Can you show me?", "\u{1F44D}");
  await amy.log.locator("article[data-sender=agent]", { hasText: "\u{1F44D}" }).first().waitFor();
  await act(marie, "My parcel is broken", marie.t("bubble.edit"));
  await marie.body.locator("textarea").fill("My parcel is very broken");
  await marie.body.locator("textarea").press("Enter");
  await amy.hears("My parcel is very broken");
  await marie.say("Forget this");
  await amy.hears("Forget this");
  await act(marie, "Forget this", marie.t("bubble.revoke"));
  await marie.body.getByText(marie.t("bubble.deleted")).waitFor();
  await amy.log.getByText("Forget this", { exact: true }).waitFor({ state: "hidden" });
  await look(simulator.page, "simulator-picture");
  await look(amy.page, "agent-picture");
  await done();
});

/** act does something with a message of the phone. */
async function act(phone: Phone, text: string, name: string): Promise<void> {
  const bubble = phone.bubble(text);
  await bubble.getByRole("button", { name: phone.t("bubble.actions") }).click();
  await bubble.getByRole("button", { name, exact: true }).click();
}

it("an agent reacts with an emoji, by keyboard, changes it and takes it back; the phone shows it (CNV-07)", async () => {
  const marie = await simulator.take(phones.whatsapp);
  await marie.say("It works again!");
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("It works again!");
  const line = amy.log.locator("article[data-sender=customer]", { hasText: "It works again!" }).last();
  const react = async (name: string) => {
    await line.getByRole("button", { name: amy.t("talk.react.action") }).focus();
    await amy.page.keyboard.press("Enter");
    const choice = line.getByRole("button", { name, exact: true }).first();
    await choice.focus();
    await amy.page.keyboard.press("Enter");
  };
  const shown = (emoji: string) => marie.bubble("It works again!").getByText(emoji, { exact: true });
  const [thumb, heart] = ["\u{1F44D}", "\u2764\ufe0f"];
  await react(amy.t("talk.react.with", { emoji: thumb }));
  await shown(thumb).waitFor();
  await line
    .getByRole("list", { name: amy.t("talk.reactions") })
    .getByText(thumb)
    .waitFor();
  await react(amy.t("talk.react.with", { emoji: heart }));
  await shown(heart).waitFor();
  await look(amy.page, "agent-reaction");
  await react(amy.t("talk.react.remove", { emoji: heart }));
  await shown(heart).waitFor({ state: "detached" });
  await done();
});

it("an emoji in an SMS is refused before it is sent, and nothing goes out (SMS-05, CNV-07)", async () => {
  const noah = await simulator.take(phones.sms);
  await noah.say("Do you ship on Sundays?");
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("Do you ship on Sundays?");
  expect(await amy.log.getByRole("button", { name: amy.t("talk.react.action") }).count()).toBe(0);
  const refused = amy.t("agent.composer.plain", { channel: amy.t("channel.sms") });
  await amy.say("We do \u{1F60A}");
  await amy.page.getByText(refused).first().waitFor();
  await look(amy.page, "agent-sms-emoji");
  await amy.say("We do.");
  await noah.hears("We do.");
  expect(await noah.log()).toEqual(["Do you ship on Sundays?", "We do."]);
  await amy.end();
  await amy.finish();
});

it("web, text, Facebook, X and WhatsApp are in one list, with one window and the same buttons; nobody is led out of their network (F003, F004, CAP-01, CNV-01)", async () => {
  const visitor = await Visitor.at(at.browser, at.server.url);
  await visitor.open();
  await visitor.begin({ name: "Vera Roy", question: "Is the shop open today?" });
  const served: [string, string, Visitor | Phone][] = [["Vera Roy", "Is the shop open today?", visitor]];
  for (const [name, question, id] of [
    ["Noah Singh", "Is there parking?", phones.sms],
    ["Jos\u00e9 \u00c1lvarez", "Is the blue one in stock?", phones.messenger],
    ["Ada King", "Can I return the scarf?", phones.x],
    ["Marie Tremblay", "Does it come in green?", phones.whatsapp],
  ] as const)
    served.push([name, question, await simulator.take(id)]);
  for (const [n, [name, question, phone]] of served.entries()) {
    if (n > 0) await phone.say(question);
    await amy.offer.getByText(name).first().waitFor();
    await amy.accept();
    await amy.has(n + 1);
  }
  await look(amy.page, "agent-all-networks");
  const open = async (name: string, question: string) => {
    await amy.rows.filter({ hasText: name }).click();
    await amy.hears(question);
  };
  for (const [name, question, phone] of served) {
    await open(name, question);
    for (const key of ["agent.transfer.action", "agent.conversation.end", "agent.conversation.more"])
      expect(await amy.button(key).isVisible(), `${key} beside ${question}`).toBe(true);
    await amy.say(`Answer: ${question}`);
    await phone.hears(`Answer: ${question}`);
    if (!(phone instanceof Phone)) continue;
    const log = await phone.log();
    expect(log.slice(-2)).toEqual([question, `Answer: ${question}`]);
    expect(log.join(" ")).not.toMatch(/https?:|www\./);
  }
  await look(simulator.page, "simulator-all-networks");
  expect([...amy.faults, ...simulator.faults, ...visitor.faults]).toEqual([]);
});
