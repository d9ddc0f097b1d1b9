import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { wide } from "./browser";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

interface Member {
  agent_id: string;
  level: number;
  assigned: boolean;
  enabled: boolean;
}
interface Queue {
  id: string;
  name: string;
  members: Member[];
}

const at = stage();
let ada: Office;
let amy: Agent;
let bob: Agent;
let support: Queue;
let amyId = "";
let bobId = "";

beforeAll(async () => {
  const { browser, server } = at;
  ada = await Office.signIn(server.url, "ada");
  const queues = (await ada.get<{ items: Queue[] }>("admin/queues")).items;
  support = await ada.get<Queue>(`admin/queues/${queues.find((q) => q.name === "Support")!.id}`);
  const people = (await ada.get<{ items: { id: string; login: string }[] }>("admin/agents")).items;
  amyId = people.find((p) => p.login === "amy")!.id;
  bobId = people.find((p) => p.login === "bob")!.id;
  const lists = (await ada.get<{ items: { id: string }[] }>("admin/disposition-lists")).items;
  for (const { id } of lists) await ada.change(`admin/disposition-lists/${id}`, { required: false });
  await queue({ wrapup_s: 0 });
  amy = await Agent.signIn(browser, server.url, "amy");
  bob = await Agent.signIn(browser, server.url, "bob", "fr-CA", { colorScheme: "dark" });
});

/** queue changes how the queue of the shop works. */
const queue = (fields: Record<string, unknown>) => ada.change(`admin/queues/${support.id}`, fields);

/** asks begins a chat in the shop. */
async function asks(
  question: string,
  who: { name?: string; email?: string; account?: string },
): Promise<Visitor> {
  const { account, ...fields } = who;
  const visitor = await Visitor.at(at.browser, at.server.url);
  if (account) await visitor.page.locator("#account").selectOption(account);
  await visitor.open();
  await visitor.begin({ ...fields, question });
  return visitor;
}

/** chooses takes a status from the menu. */
async function chooses(agent: Agent, action: string): Promise<void> {
  await agent.page.getByRole("button", { name: /^(Status|Statut)/ }).click();
  await agent.page.getByRole("menuitem", { name: new RegExp(`^${agent.t(action)}`) }).click();
}

/** waits is the visitor's place in the line, which the server has told. */
const waits = (visitor: Visitor, n: number) =>
  visitor.window.getByText(visitor.t("wait.position", { n })).waitFor();

/** serves does a whole conversation from the offer to the end of its wrap-up. */
async function serves(agent: Agent): Promise<void> {
  await agent.offer.waitFor();
  await agent.accept();
  await closes(agent);
}

/** takes accepts the offer of a question, and waits until that conversation is the one shown. */
async function takes(agent: Agent, question: string): Promise<void> {
  await agent.offer.getByText(question).waitFor();
  await agent.accept();
  await agent.hears(question);
}

/** closes ends what is open: with no wrap-up time and no code required, that is all. */
async function closes(agent: Agent): Promise<void> {
  const held = await agent.rows.count();
  await agent.button("agent.conversation.end").click();
  await agent.has(held - 1);
}

/** Heard is what a page has played, and told the desktop while nobody looked at it. */
interface Heard {
  tones: number;
  notes: string[];
}

/** listen keeps what the page plays and tells, and hides the page from itself. */
function listen(): void {
  const heard: Heard = { tones: 0, notes: [] };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when) {
    heard.tones += 1;
    start.call(this, when);
  };
  class Note {
    static permission = "granted";
    constructor(title: string, options: NotificationOptions) {
      heard.notes.push(`${title}: ${options.body}`);
    }
    close() {}
  }
  Object.assign(globalThis, { heard, Notification: Note });
  Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true });
}

const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard);

it("F006, F015, F070: on break and offline nothing rings though two wait; Ready to work rings the one who waited longest", async () => {
  await amy.page.getByRole("heading", { level: 1, name: amy.t("status.on_break") }).waitFor();
  const marie = await asks("Am I first?", { name: "Marie Long" });
  await waits(marie, 1);
  const noah = await asks("Am I second?", { name: "Noah" });
  await waits(noah, 2);
  expect(await amy.offer.count()).toBe(0);
  await chooses(amy, "status.action.work_offline");
  await amy.status("work_offline").waitFor();
  await look(amy.page, "agent-offline-two-wait");
  expect(await amy.offer.count()).toBe(0);
  await waits(marie, 1);
  await chooses(amy, "status.action.available");
  await amy.offer.getByText("Am I first?").waitFor();
  await amy.status("offered").waitFor();
  await takes(amy, "Am I first?");
  await takes(amy, "Am I second?");
  for (const question of ["Am I first?", "Am I second?"]) {
    await amy.rows.first().click();
    await amy.hears(question);
    await closes(amy);
  }
  await amy.status("available").waitFor();
  const dot = amy.page
    .getByRole("button", { name: /^Status/ })
    .locator("svg")
    .first();
  const green = () =>
    dot.evaluate((el) =>
      /^rgb\((\d+), (\d+), (\d+)\)$/.exec(getComputedStyle(el).color)?.slice(1).map(Number),
    );
  await expect
    .poll(async () => ((rgb) => rgb && rgb[1]! > rgb[0]! && rgb[1]! > rgb[2]!)(await green()))
    .toBe(true);
});

it("F016, F017, F018, F020: the offer shows who and where from, sounds, can be read before, and not be rejected without the right", async () => {
  await amy.page.evaluate(listen);
  const marie = await asks("Where is my blanket?", { account: "1001" });
  const card = amy.offer;
  await card.getByRole("heading", { name: amy.t("incoming.webchat") }).waitFor();
  await card.getByText("Marie Tremblay").waitFor();
  await card.getByText(support.name).first().waitFor();
  await expect.poll(async () => (await heard(amy.page)).tones).toBeGreaterThan(0);
  const title = `${amy.t("incoming.webchat")} - ${support.name}`;
  await expect.poll(() => amy.page.title()).toContain(title);
  expect((await heard(amy.page)).notes).toContain(`${title}: Marie Tremblay: Where is my blanket?`);
  await amy.page.evaluate(() => Reflect.deleteProperty(document, "visibilityState"));

  const preview = amy.page.locator("[data-region=preview]");
  if (!(await preview.count())) await amy.button("agent.offer.preview", card).click();
  await preview.getByText("Marie Tremblay").first().waitFor();
  await card.getByText(amy.t("error.reject_not_permitted")).waitFor();
  const [interaction, attempt] = (await card.getAttribute("data-offer"))!.split(".");
  const refused = await amy.page.evaluate(async (path) => {
    const answer = await fetch(path, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    return [answer.status, (await answer.json()).code];
  }, `/api/interactions/${interaction}/offers/${attempt}/rejection`);
  expect(refused).toEqual([403, "reject_not_permitted"]);
  await look(amy.page, "agent-offer-preview");
  await amy.accept();
  await amy.hears("Where is my blanket?");
  await preview.waitFor({ state: "detached" });
  await expect.poll(() => amy.page.title()).not.toContain("(1)");
  expect(marie.faults).toEqual([]);
});

it("F069, F074: name, e-mail and IP address stand beside the conversation; account 1001 brings up its customer", async () => {
  const context = amy.page.locator("[data-region=context]");
  await context.getByRole("link", { name: "Marie Tremblay" }).waitFor();
  await look(amy.page, "agent-known-visitor");
  await seen(context, "127.0.0.1");
  await closes(amy);
  const zoe = await asks("Hello?", { name: "Zoe Roy", email: "zoe.roy@example.com" });
  await amy.offer.waitFor();
  await amy.accept();
  for (const fact of ["Zoe Roy", "zoe.roy@example.com", "127.0.0.1"]) await seen(context, fact);
  await look(amy.page, "agent-new-visitor");
  await closes(amy);
  expect(zoe.faults).toEqual([]);
});

/** seen waits until a text can be read without scrolling. */
const seen = (within: Locator, text: string) =>
  expect
    .poll(() => within.getByText(text, { exact: true }).first().evaluate(onScreen), { message: text })
    .toBe(true);

/** onScreen tells whether an element can be seen without scrolling. */
function onScreen(element: Element): boolean {
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + 2, box.top + box.height / 2);
  return top !== null && (top === element || element.contains(top) || top.contains(element));
}

it("F075, F076: typing is seen on both sides until it stops; 1,940 characters go, one more does not", async () => {
  const zoe = await asks("One more?", { name: "Noor" });
  await amy.offer.waitFor();
  await amy.accept();
  await amy.composer.pressSequentially("Let me");
  const typing = zoe.window.getByText(zoe.t("typing", { name: "Amy Chen" }));
  await typing.waitFor();
  await zoe.composer.pressSequentially("I am");
  const said = amy.page.getByRole("main").getByText(amy.t("agent.typing.who", { name: "Noor" }));
  await said.waitFor();
  await amy.page.getByText(amy.t("agent.composer.saved"), { exact: true }).waitFor();
  await amy.composer.fill("");
  await typing.waitFor({ state: "detached" });
  await zoe.composer.fill("");
  await said.waitFor({ state: "detached" });

  const most = "x".repeat(1940);
  await amy.composer.fill(`${most}y`);
  await amy.page
    .locator("#composer-count", { hasText: amy.t("agent.composer.over_one", { count: 1 }) })
    .waitFor();
  const send = amy.button("agent.composer.send");
  expect(await send.isEnabled()).toBe(false);
  await amy.composer.press("Enter");
  await look(amy.page, "agent-too-long");
  await amy.composer.fill(most);
  await expect.poll(() => send.isEnabled()).toBe(true);
  await amy.composer.press("Enter");
  await zoe.hears(most);
  expect((await zoe.log()).filter((text) => text.startsWith("xx"))).toEqual([most]);
});

it("F098: three chats stand in the order they came, the oldest on top; choosing an icon opens that chat", async () => {
  for (const name of ["Uma", "Vic"]) {
    await asks(`${name} asks`, { name });
    await takes(amy, `${name} asks`);
  }
  await amy.has(3);
  expect(await amy.rows.locator("strong").allInnerTexts()).toEqual(["Noor", "Uma", "Vic"]);
  await amy.rows.nth(1).click();
  await amy.hears("Uma asks");
  await amy.page.setViewportSize({ width: 900, height: 800 });
  await expect
    .poll(async () => (await amy.page.locator("[data-region=panel]").boundingBox())?.width)
    .toBe(64);
  await amy.page.getByRole("link", { name: /Vic/ }).click();
  await amy.hears("Vic asks");
  await look(amy.page, "agent-rail-narrow");
  await amy.page.setViewportSize(wide);
});

it("F097: Stop new sends nothing more though one waits; the supervisor sees it; Resume undoes it", async () => {
  await amy.button("status.action.stopNew").click();
  await amy.status("stopnew").waitFor();
  const xia = await asks("May I?", { name: "Xia" });
  await waits(xia, 1);
  expect(await amy.offer.count()).toBe(0);
  const sam = await Agent.signIn(at.browser, at.server.url, "sam");
  await sam.page.goto(`${at.server.url}/supervisor`);
  const row = sam.page.getByRole("row", { name: /Amy Chen/ });
  await row.getByText(sam.t("status.stopnew")).first().waitFor();
  await look(sam.page, "supervisor-stop-new");
  await amy.button("status.action.resume").click();
  await amy.offer.getByText("May I?").waitFor();
  await row.getByText(sam.t("status.stopnew")).first().waitFor({ state: "detached" });
  await takes(amy, "May I?");
  await sam.page.context().close();
});

it("F065: a queue without wrap-up time: the end of the last one leads straight back to Available", async () => {
  for (let left = 4; left > 0; left--) {
    await amy.rows.first().click();
    await closes(amy);
  }
  await amy.status("available").waitFor();
});

it("F066, F067: notes of the wrap-up are in the case and not with the customer; it ends by its button, or by itself", async () => {
  await queue({ wrapup_s: 60 });
  const yves = await asks("What now?", { account: "1001" });
  await amy.offer.waitFor();
  await amy.accept();
  await amy.end();
  await amy.status("post_processing").waitFor();
  await amy.wrapUp.getByText(new RegExp(amy.t("agent.wrap.left", { d: "\\d:\\d\\d" }))).waitFor();
  await amy.dispose();
  await amy.wrapUp.getByRole("button", { name: amy.t("action.continue"), exact: true }).click();
  await amy.wrapUp.getByLabel(amy.t("agent.wrap.note")).fill("Credited 12 dollars");
  await amy.button("agent.composer.saveNote", amy.wrapUp).click();
  await amy.saveCase();
  await amy.finish();
  await amy.status("available").waitFor();
  const { items } = await ada.get<{ items: { id: string; customer: { name: string } | null }[] }>(
    "cases?limit=5",
  );
  const filed = await ada.get<unknown>(`cases/${items[0]!.id}/transcript`);
  expect(JSON.stringify(filed)).toContain("Credited 12 dollars");
  expect(await yves.window.getByText("Credited").count()).toBe(0);

  await queue({ wrapup_s: 8 });
  await asks("And then?", { name: "Zed" });
  await amy.offer.waitFor();
  await amy.accept();
  const talk = new URL(amy.page.url()).pathname.split("/").at(-1);
  await amy.end();
  await amy.wrapUp.getByRole("button", { name: amy.t("action.continue"), exact: true }).click();
  await amy.wrapUp.getByLabel(amy.t("agent.wrap.note")).fill("Call Zed on Monday");
  await amy.page.locator("a[href='/agent/customers']").first().click(); // away from the workspace
  await amy.wrapUp.waitFor({ state: "detached" });
  await amy.status("available").waitFor(); // nobody pressed anything
  await expect
    .poll(async () => JSON.stringify(await ada.get(`interactions/${talk}`)))
    .toContain("Call Zed on Monday");
  await amy.page.goBack();
  await queue({ wrapup_s: 0 });
});

it("F014, F071: a queue that is ticked off and confirmed sends nothing, ticked on it does", async () => {
  const mine = amy.page.locator("[data-region=panel]").getByLabel(support.name, { exact: true });
  const confirm = amy.button("agent.queues.confirm");
  await mine.uncheck();
  await confirm.waitFor();
  const on = async () =>
    (await ada.get<Queue>(`admin/queues/${support.id}`)).members.find((m) => m.agent_id === amyId)!.enabled;
  expect(await on()).toBe(true); // nothing changes until Confirm
  await confirm.click();
  await expect.poll(on).toBe(false);
  const abe = await asks("Anybody?", { name: "Abe" });
  await waits(abe, 1);
  expect(await amy.offer.count()).toBe(0);
  await mine.check();
  await confirm.click();
  await amy.offer.getByText("Anybody?").waitFor();
  await serves(amy);
});

it("F068: of two equals the one idle longer gets it; a higher level goes first", async () => {
  const levels = async (amys: number, bobs: number) => {
    const { members } = await ada.get<Queue>(`admin/queues/${support.id}`);
    const level = (m: Member) => (m.agent_id === amyId ? amys : m.agent_id === bobId ? bobs : m.level);
    await queue({ members: members.map((m) => ({ ...m, level: level(m) })) });
  };
  await levels(50, 50);
  await bob.ready();
  await asks("Idle longest?", { name: "Bea" }); // amy has just finished one, bob none
  await bob.offer.getByText("Idle longest?").waitFor();
  await look(bob.page, "agent-offer-fr");
  await serves(bob);
  await asks("And now?", { name: "Cal" });
  await amy.offer.getByText("And now?").waitFor();
  await serves(amy);
  await levels(50, 80);
  for (const question of ["First", "Again"]) {
    await asks(question, { name: "Fay" });
    await bob.offer.getByText(question).waitFor();
    await serves(bob);
  }
});

it("F023, F024: the administrator chooses Work Offline after a miss and 10 seconds to answer; both hold from the next offer on", async () => {
  const set = (value: string) =>
    ada.put("admin/settings", {
      values: ["presence.on_reject", "presence.on_timeout"].map((key) => ({
        scope: "tenant",
        scope_id: "",
        key,
        value,
      })),
    });
  const seconds = async (agent: Agent) => Number(await agent.offer.locator("svg text").first().textContent());
  await asks("For thirty", { name: "Dot" });
  await bob.offer.getByText("For thirty").waitFor();
  expect(await seconds(bob)).toBeGreaterThan(10);
  await serves(bob);
  await set("work_offline");
  await asks("For another", { name: "Eli" });
  await bob.offer.getByText("For another").waitFor();
  await bob.button("agent.offer.reject", bob.offer).click();
  await bob.status("work_offline").waitFor();
  await bob.page.getByText(bob.t("agent.offer.rejectedOffline")).waitFor();
  await look(bob.page, "agent-rejected-offline-fr");
  await amy.offer.getByText("For another").waitFor();
  await serves(amy);
  await queue({ accept_interval_s: 10 });
  await asks("For ten", { name: "Gus" });
  await amy.offer.getByText("For ten").waitFor();
  expect(await seconds(amy)).toBeLessThanOrEqual(10);
  await amy.status("work_offline").waitFor(); // she lets it ring out
  await amy.page.getByText(amy.t("agent.offer.missedOffline")).waitFor();
});

it("QUE-08: a queue with nobody in it tells the customer so, in their language, and ends", async () => {
  const { members } = await ada.get<Queue>(`admin/queues/${support.id}`);
  await queue({ no_agents: "message_end", members: members.map((m) => ({ ...m, enabled: false })) });
  const luc = await Visitor.at(at.browser, at.server.url, "fr-CA", { colorScheme: "dark" });
  await luc.open();
  await luc.window.locator("[name=name]").fill("Luc");
  await luc.window.locator("[name=question]").fill("Quelqu’un?");
  await luc.window.locator("form button[type=submit]").click();
  await luc.hears("Personne n’est là pour vous répondre en ce moment. Écrivez-nous de nouveau plus tard.");
  await luc.window.getByRole("heading", { name: luc.t("ended") }).waitFor();
  await look(luc.page, "widget-nobody-fr");
  expect([...amy.faults, ...bob.faults, ...luc.faults]).toEqual([]);
});
