import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { Control } from "./control";
import { Office } from "./office";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";

interface Member {
  agent_id: string;
}
interface Queue {
  id: string;
  name: string;
  members: Member[];
}
interface List {
  id: string;
  queues: string[];
  required: boolean;
}

const at = stage();
const networks = new Control(at);
const marie = "15145550101";
let ada: Office;
let amy: Agent;
let bob: Agent;
let queue: string;
let who: Record<string, string>;

/** queues makes the queue of WhatsApp: its members, and how long a wrap-up lasts. */
async function queues(members: string[], wrapup: number): Promise<void> {
  const all = (await ada.get<{ items: Queue[] }>("admin/queues")).items;
  const like = await ada.get<Record<string, unknown>>(
    `admin/queues/${all.find((q) => q.name === "Support")!.id}`,
  );
  const { id: _, created_at: __, rev: ___, members: model, ...whole } = like;
  const had = new Map((model as Member[]).map((m) => [m.agent_id, m]));
  const fields = {
    ...whole,
    name: "WhatsApp",
    wrapup_s: wrapup,
    members: members.map((login) => ({ ...had.get(who[login]!), agent_id: who[login] })),
  };
  if (queue) return ada.change(`admin/queues/${queue}`, fields);
  queue = (await ada.post<{ id: string }>("admin/queues", fields)).id;
  await ada.change("admin/entry-points/ent_whatsapp", { queue_id: queue });
}

/** left waits for the time that a wrap-up still has. */
const left = (agent: Agent) =>
  agent.wrapUp.getByText(new RegExp(agent.t("agent.wrap.left", { d: "\\d:\\d\\d" }))).waitFor();

beforeAll(async () => {
  ada = await Office.signIn(at.server.url, "ada");
  const people = (await ada.get<{ items: { id: string; login: string }[] }>("admin/agents")).items;
  who = Object.fromEntries(people.map((p) => [p.login, p.id]));
  await queues(["bob"], 4);
});

it("F078, F080: a WhatsApp message rings at a member of the bound queue and at nobody else, to accept or to reject", async () => {
  amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready(); // she waits longer, but is no member
  bob = await Agent.signIn(at.browser, at.server.url, "bob", "fr-CA", { colorScheme: "dark" });
  await bob.ready();
  const simulator = await Simulator.at(at.browser, at.server.url);
  const phone = await simulator.take(phones.whatsapp);
  await phone.say("Bonjour");
  await bob.offer.getByRole("heading", { name: bob.t("incoming.whatsapp") }).waitFor();
  for (const key of ["agent.offer.accept", "agent.offer.reject"])
    expect(await bob.button(key, bob.offer).isEnabled()).toBe(true);
  await look(bob.page, "agent-offer-whatsapp-fr-dark");
  expect(await amy.offer.count()).toBe(0);
  await bob.accept();
  await bob.hears("Bonjour");
  await simulator.page.context().close();
});

it("F083: 40,954 characters fit a WhatsApp answer, one more does not, and all arrive in order", async () => {
  const words = Array.from({ length: 6_826 }, (_, n) => `${n}`.padStart(5, "0")).join(" ");
  const text = words.slice(0, 40_954);
  expect([words.length, text.length]).toEqual([40_955, 40_954]);
  await bob.composer.fill(words);
  expect(await bob.button("agent.composer.send").isDisabled()).toBe(true);
  await look(bob.page, "agent-too-long-fr-dark");
  await bob.say(text);
  await expect
    .poll(async () => (await networks.heard("ent_whatsapp", marie)).join("").length)
    .toBeGreaterThanOrEqual(text.length);
  const parts = await networks.heard("ent_whatsapp", marie);
  expect(parts.length).toBeGreaterThan(9);
  expect(parts.join("") === text).toBe(true);
  await bob.settled();
  expect((await bob.said()).filter((line) => line === text).length).toBe(1); // one message to the agent
});

it("F084: who does nothing after the end is Available again at zero", async () => {
  await bob.end();
  await left(bob);
  await bob.status("post_processing").waitFor();
  await bob.status("available").waitFor();
  await bob.has(0);
});

it("F082: end, time, outcome, wrap-up: a WhatsApp conversation ends as a chat does", async () => {
  await queues(["bob"], 600);
  const lists = (await ada.get<{ items: List[] }>("admin/disposition-lists")).items;
  const list = lists.find((l) => l.queues.length > 0)!;
  await ada.change(`admin/disposition-lists/${list.id}`, {
    queues: [...list.queues, queue],
    required: true,
    multiple: false,
  });
  await networks.late("ent_whatsapp", marie, "Encore une question", 0);
  await bob.offer.waitFor();
  await bob.accept();
  await bob.say("Voici.");
  await bob.end();
  await left(bob);
  const onward = bob.wrapUp.getByRole("button", { name: bob.t("action.continue"), exact: true });
  expect(await onward.or(bob.button("agent.wrap.finish", bob.wrapUp)).first().isDisabled()).toBe(true);
  await look(bob.page, "agent-wrapup-whatsapp-fr-dark");
  await bob.dispose();
  await bob.finish();
  await bob.status("available").waitFor();
  await bob.has(0);
  expect(bob.faults).toEqual([]);
  await bob.page.context().close();
});

it("F096: of four WhatsApp conversations an agent with a maximum of three has three, and the fourth when one is done", async () => {
  await queues(["amy"], 4);
  await ada.change(`admin/agents/${who.amy}`, { capacity: 3 });
  for (let n = 1; n <= 4; n++) await networks.late("ent_whatsapp", `1514555020${n}`, `Customer ${n}`, 0);
  for (let n = 1; n <= 3; n++) {
    await amy.offer.waitFor();
    await amy.accept();
    await amy.hears(`Customer ${n}`);
    await amy.has(n);
  }
  await amy.page
    .getByText(amy.t("status.load", { load: 3, capacity: 3 }))
    .first()
    .waitFor();
  const waiting = amy.page.locator("[data-region=panel] section[aria-labelledby=my-queues] li", {
    hasText: "WhatsApp",
  });
  await waiting.getByTitle(amy.t("agent.queues.waiting_one", { count: 1 })).waitFor();
  expect(await amy.offer.count()).toBe(0);
  await look(amy.page, "agent-full");
  await amy.end();
  await amy.dispose();
  await amy.finish();
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("Customer 4");
  expect(amy.faults).toEqual([]);
});
