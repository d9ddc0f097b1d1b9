import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { watch } from "./browser";
import { Office } from "./office";
import { stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();
let sam: Office;

interface Page<T> {
  items: T[];
}
interface Case {
  id: string;
  number: number;
}

beforeAll(async () => {
  sam = await Office.signIn(at.server.url, "sam");
});

/** served is a visitor whose question somebody has accepted. */
async function served(agent: Agent, question: string): Promise<Visitor> {
  const visitor = await Visitor.at(at.browser, at.server.url);
  await visitor.page.locator("#account").selectOption("1001");
  await visitor.open();
  await visitor.begin({ question });
  await agent.offer.waitFor();
  await agent.accept();
  await agent.hears(question);
  return visitor;
}

it("what is typed and sent by its button is in the customer's window (F029); Save to CRM is in both menus and makes one case (F063)", async () => {
  const amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready();
  const marie = await served(amy, "Is the blue blanket back?");
  await amy.composer.fill("It came in this morning.");
  await amy.page.getByRole("button", { name: amy.t("agent.composer.send"), exact: true }).click();
  await marie.hears("It came in this morning.");
  expect(await amy.composer.inputValue()).toBe("");

  const opened = amy.page.context().waitForEvent("page");
  await amy.page.getByRole("button", { name: amy.t("talk.window.action") }).click();
  const own = watch(await opened);
  const there = new Agent(own.page, own.faults);
  await there.hears("It came in this morning.");
  const before = await sam.get<Page<Case>>("cases?limit=1");
  await save(there, "agent.crm.save");
  const made = await expect.poll(newest).not.toBe(before.items[0]?.number).then(newest);
  await there.page.getByText(there.t("agent.crm.saved", { n: String(made) })).waitFor();
  await amy.page.getByRole("button", { name: amy.t("talk.window.back") }).click();
  await amy.composer.waitFor();
  await save(amy, "agent.crm.update");
  await amy.page.getByText(amy.t("agent.crm.updated", { n: String(made) })).waitFor();
  expect(await newest()).toBe(made);
  await amy.end();
  await amy.dispose();
  await amy.finish();
  expect(await newest()).toBe(made);
  expect([...own.faults, ...amy.faults, ...marie.faults]).toEqual([]);
  await amy.page.context().close();
});

const newest = async () => (await sam.get<Page<Case>>("cases?limit=1")).items[0]?.number;

/** save presses Save to CRM in the menu of a window. */
async function save(agent: Agent, words: string): Promise<void> {
  await agent.button("agent.conversation.more").click();
  await agent.page.getByRole("menuitem", { name: agent.t(words) }).click();
}

it("in the console the 5,001st character is refused when it is pasted, and by the server (F105, CNV-03, CFG-05)", async () => {
  const carol = await Agent.signIn(at.browser, at.server.url, "carol");
  await carol.ready();
  const marie = await served(carol, "Tell me all of it");
  const whole = "All of it. ".repeat(500).slice(0, 4_999).concat("!");
  await carol.composer.fill(whole);
  await carol.composer.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", "!");
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await carol.page
    .getByText(carol.t("agent.composer.pasteRefused_one", { count: 1 }))
    .first()
    .waitFor();
  expect((await carol.composer.inputValue()).length).toBe(5_000);
  const refused = await carol.page.evaluate(async (text) => {
    const id = location.pathname.split("/").at(-1);
    const answer = await fetch(`/api/interactions/${id}/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ client_id: crypto.randomUUID(), text }),
    });
    return `${answer.status} ${await answer.text()}`;
  }, `${whole}!`);
  expect(refused).toMatch(/^4\d\d .*too_long/);
  expect([...carol.faults, ...marie.faults]).toEqual([]);
});
