import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { type Phone, phones, Simulator } from "./phone";
import { look, stage } from "./stage";

const at = stage();
let amy: Agent;
let simulator: Simulator;

beforeAll(async () => {
  amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready();
  simulator = await Simulator.at(at.browser, at.server.url);
});

/** done ends what is open, and its wrap-up. */
async function done(): Promise<void> {
  await amy.end();
  await amy.dispose();
  await amy.finish();
}

it("two customers on two networks at once, one agent: each is answered where they wrote (CAP-01, CNV-01)", async () => {
  const jose = await simulator.take(phones.messenger);
  const ada = await simulator.take(phones.x);
  const served: [Phone, string][] = [
    [jose, "Is the blue one in stock?"],
    [ada, "Can I return the scarf?"],
  ];
  for (const [n, [phone, question]] of served.entries()) {
    await phone.say(question);
    await amy.offer.waitFor();
    await amy.accept();
    await amy.has(n + 1);
    await amy.hears(question);
  }
  await look(amy.page, "agent-two-networks");
  for (const [phone, question] of served) {
    await amy.rows
      .filter({ hasText: question })
      .or(amy.rows.filter({ hasText: "Answer:" }))
      .first()
      .waitFor();
    await open(question);
    await amy.say(`Answer: ${question}`);
    await phone.hears(`Answer: ${question}`);
  }
  for (const [phone, question] of served)
    expect(await phone.log()).toEqual([question, `Answer: ${question}`]);
  await look(simulator.page, "simulator-two-networks");
  for (const [, question] of served) {
    await open(question);
    await done();
  }
});

/** open opens the conversation that began with a question. */
async function open(question: string): Promise<void> {
  for (let n = 0; n < (await amy.rows.count()); n++) {
    await amy.rows.nth(n).click();
    if (await amy.log.getByText(question, { exact: true }).count()) return;
  }
  await amy.hears(question);
}

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
  expect([...amy.faults, ...simulator.faults]).toEqual([]);
});
