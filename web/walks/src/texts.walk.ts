import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { Control } from "./control";
import { Office } from "./office";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";

const at = stage();
const control = new Control(at);
let amy: Agent;
let bob: Agent;
let office: Office;
let simulator: Simulator;

beforeAll(async () => {
  const { browser, server } = at;
  office = await Office.signIn(server.url, "ada");
  amy = await Agent.signIn(browser, server.url, "amy");
  simulator = await Simulator.at(browser, server.url);
  await amy.ready();
});

/** done ends what is open, and its wrap-up: who sells need not say how it went. */
async function done(): Promise<void> {
  await amy.end();
  await amy.finish();
}

it("a text rings at a member of its queue and is worked as any chat: records beside it, answers both ways, filed under the number's customer (F045, F046, F047, F050, F054, F059, SMS-02, SMS-08)", async () => {
  const { items: known } = await office.get<{ items: { id: string }[] }>("customers?q=1002");
  await office.post("cases", {
    customer_id: known[0]!.id,
    subject: "A leg of the oak chair",
    status: "open",
    draft: false,
  });
  const noah = await simulator.take(phones.sms);
  await noah.say("Is the oak table in stock?");
  await amy.offer.getByText("Sales").first().waitFor();
  await amy.accept();
  await amy.hears("Is the oak table in stock?");
  await amy.rows
    .first()
    .getByRole("img", { name: amy.t("channel.sms"), exact: true })
    .waitFor();
  await amy.say("Two are left.");
  await noah.hears("Two are left.");
  await noah.say("Keep one for me.");
  await amy.hears("Keep one for me.");
  const beside = amy.page.locator("[data-region=context]");
  await beside.getByText("+14165550102").first().waitFor();
  await beside.getByText("A leg of the oak chair").first().waitFor();
  await look(amy.page, "agent-text");
  await done();

  await noah.say("It is me again.");
  await amy.offer.waitFor();
  await amy.accept();
  await beside.getByRole("tab", { name: amy.t("agent.context.history") }).click();
  await beside.getByText(/Sales/).first().waitFor();
  await look(amy.page, "agent-text-history");
  await done();

  const { items } = await office.get<{
    items: { id: string; customer: { id: string; name: string } | null }[];
  }>("cases?limit=1");
  await amy.page.goto(`${at.server.url}/agent/customers/${items[0]!.customer!.id}`);
  await amy.page.getByRole("heading", { level: 1, name: /Noah Singh/ }).waitFor();
  await expect
    .poll(() => amy.page.getByLabel(amy.t("records.customer.field.phones")).inputValue())
    .toContain("4165550102");
  await amy.page.locator(`a[href$="/cases/${items[0]!.id}"]`).first().click();
  await amy.page.getByText("It is me again.").waitFor();
  await amy.page.goto(`${at.server.url}/agent`);
});

it("agents do not start a text conversation: there is no button, and the API says that the customer writes first (F051, SMS-03)", async () => {
  const names = await amy.page.getByRole("button").allInnerTexts();
  expect(names.filter((name) => /SMS|new (text|message)/i.test(name))).toEqual([]);
  const answer = await amy.page.request.post(`${at.server.url}/api/conversations`, {
    data: { entry_point_id: "ent_sms", to: "+14165550102" },
  });
  expect([answer.status(), (await answer.json()).code]).toEqual([409, "sms_customer_first"]);
});

it("out of hours a text is answered by itself and kept; in hours it rings at the agent with the highest level (F052, RTE-01, SCR-06, SCR-07)", async () => {
  const closed = { en: "We are closed. We answer tomorrow.", fr: "Nous sommes ferm\u00e9s." };
  const point = "admin/entry-points/ent_sms";
  const { script } = await office.get<{ script: { schedule: { zone: string } } & Record<string, unknown> }>(
    point,
  );
  const today = new Date(Date.now() + 3 * 24 * 3_600_000).getUTCDay(); // open another day only
  const hours = [{ day: today, from: 0, to: 1 }];
  await office.change(point, { script: { ...script, closed, schedule: { zone: "UTC", hours } } });
  await rests(amy);
  const noah = await simulator.take(phones.sms);
  await noah.say("Anybody there?");
  await noah.hears(closed.en);
  await look(simulator.page, "simulator-text-closed");
  bob = await Agent.signIn(at.browser, at.server.url, "bob"); // 80 in Sales, where Amy has 50
  await bob.ready();
  await amy.ready();
  expect(await bob.offer.count()).toBe(0); // it is kept until the hours begin

  await office.change(point, { script: { ...script, closed } });
  await noah.say("And now?");
  await answers(bob, "And now?");
  expect(await amy.offer.count()).toBe(0);
  await noah.hears("Oui: And now?");
});

/** rests takes an agent away. */
async function rests(agent: Agent): Promise<void> {
  await agent.status("available").click();
  const away = agent.page.getByRole("menuitem", {
    name: new RegExp(`^${agent.t("status.action.on_break")}`),
  });
  await away.first().click();
  await agent.status("on_break").waitFor();
}

/** answers has an agent take what rings, answer it and end it. */
async function answers(agent: Agent, question: string): Promise<void> {
  await agent.offer.waitFor();
  await agent.accept();
  await agent.hears(question);
  await agent.say(`Oui: ${question}`);
  await agent.settled();
  await agent.end();
  await agent.finish();
}

it("who writes again after the end rings at a member of the same queue, with what was said, not always the same (F100, RPL-01, RPL-02)", async () => {
  const noah = await simulator.take(phones.sms);
  await rests(bob);
  await noah.say("One more thing.");
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("One more thing.");
  await amy.hears("Oui: And now?");
  await done();
});

it("in a queue of one it rings at the same agent again, though others are free (F101, RPL-01)", async () => {
  const { items } = await office.get<{ items: { id: string; login: string }[] }>("admin/agents");
  const only = items.find((a) => a.login === "amy")!.id;
  const own = await office.post<{ id: string }>("admin/queues", {
    name: "Tables",
    enabled: true,
    wrapup_s: 60,
    members: [{ agent_id: only, level: 50, assigned: true, enabled: true }],
  });
  await office.change("admin/entry-points/ent_sms", { queue_id: own.id });
  await bob.ready();
  for (const words of ["Is it solid oak?", "And the legs?"]) {
    await control.say("ent_sms", "+14165550299", "", words);
    await amy.offer.getByText("Tables").first().waitFor();
    expect(await bob.offer.count()).toBe(0);
    await amy.accept();
    await amy.hears(words);
    await done();
  }
  await amy.has(0);
});

it("six are served at once and the seventh waits; it rings when one is done (F053, CAP-01)", async () => {
  for (let n = 1; n <= 7; n++) {
    await control.say("ent_sms", `+1416555020${n}`, "", `Question ${n}`);
    if (n === 7) break;
    await amy.offer.waitFor();
    await amy.accept();
    await amy.has(n);
  }
  const waiting = amy.page
    .locator("[data-region=panel] li", { hasText: "Tables" })
    .getByText("1", { exact: true });
  await waiting.waitFor();
  expect(await amy.offer.count()).toBe(0);
  await look(amy.page, "agent-six-texts");
  await done();
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("Question 7");
  expect([...amy.faults, ...bob.faults, ...simulator.faults]).toEqual([]);
});
