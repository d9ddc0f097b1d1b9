import type { Route } from "playwright-core";
import { expect, it } from "vitest";
import { Agent } from "./agent";
import { openTab } from "./browser";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

interface EntryPoint {
  queue_id: string;
  script: { schedule: object };
}
interface Queue {
  members: object[];
}
interface Missed {
  kind: string;
  name: string;
  email: string;
  text: string;
}

const at = stage();

it("what is left out of hours, in the line, or when that gave up lands in the list once, is taken, and is answered (SCR-07, WEB-02, I9)", async () => {
  const { browser, server } = at;
  const waiting = await Visitor.at(browser, server.url);
  await waiting.open();
  await waiting.begin({ name: "Noah Singh", question: "Nobody?" });
  await waiting.window.getByRole("button", { name: waiting.t("skip") }).click();
  await waiting.window.locator("[name=email]").fill("noah.singh@example.com");
  await waiting.window.locator("[name=text]").fill("Please write to me.");
  await waiting.window.locator("form button[type=submit]").click();
  await waiting.window.getByRole("heading", { name: waiting.t("sent.title") }).waitFor();

  const ada = await Office.signIn(server.url, "ada");
  const { script, queue_id } = await ada.get<EntryPoint>("admin/entry-points/ent_demo");
  const { members } = await ada.get<Queue>(`admin/queues/${queue_id}`);
  const nobody = members.map((m) => ({ ...m, enabled: false }));
  await ada.change(`admin/queues/${queue_id}`, { no_agents: "offline_form", members: nobody });
  const given = await Visitor.at(browser, server.url);
  await given.open();
  await given.window.locator("[name=name]").fill("Dot");
  await given.window.locator("[name=question]").fill("Anybody?");
  await given.window.locator("form button[type=submit]").click();
  const leave = given.window.getByRole("button", { name: given.t("form.leave"), exact: true });
  await leave.waitFor();
  await look(given.page, "widget-given-up");
  await leave.click();
  await given.window.locator("[name=email]").fill("dot@example.com");
  await given.window.locator("[name=text]").fill("I was here.");
  await given.window.locator("form button[type=submit]").click();
  await given.window.getByRole("heading", { name: given.t("sent.title") }).waitFor();

  const other = (new Date().getUTCDay() + 3) % 7; // open for a minute, on a day that is not near
  const schedule = { zone: "UTC", hours: [{ day: other, from: 0, to: 1 }] };
  await ada.change("admin/entry-points/ent_demo", { script: { ...script, schedule } });
  const late = await Visitor.at(browser, server.url);
  await late.open();
  await late.window.getByRole("heading", { name: late.t("form.leave") }).waitFor();
  await look(late.page, "widget-closed");
  await late.window.locator("[name=name]").fill("Chlo\u00e9");
  await late.window.locator("form button[type=submit]").click();
  await late.window.getByText(late.t("field.required")).first().waitFor();
  await late.window.locator("[name=email]").fill("chloe@example.com");
  await late.window.locator("[name=text]").fill("Call me Monday.");
  await late.window.locator("form button[type=submit]").click();
  await late.window.getByRole("heading", { name: late.t("sent.title") }).waitFor();

  const { items } = await ada.get<{ items: Missed[] }>("missed");
  const rows = items.map(({ kind, name, email, text }) => [kind, name, email, text]);
  expect(rows).toContainEqual(["skipped", "Noah Singh", "noah.singh@example.com", "Please write to me."]);
  expect(rows).toContainEqual(["offline_form", "Chlo\u00e9", "chloe@example.com", "Call me Monday."]);
  expect(rows).toContainEqual(["skipped", "Dot", "dot@example.com", "I was here."]);
  expect(rows.length).toBe(3);

  const { page, faults } = await openTab(browser);
  const sam = new Agent(page, faults);
  await page.goto(server.url);
  await sam.enter("sam");
  await page.goto(`${server.url}/agent/missed`);
  await page.getByText("Call me Monday.").first().waitFor();
  await look(page, "missed-list");
  await page
    .getByRole("link", { name: /Chlo\u00e9/ })
    .first()
    .click();
  await sam.button("records.missed.take").click();
  await page.getByText(sam.t("records.missed.states.taken")).first().waitFor();
  const answer = page.getByRole("textbox").last();
  await answer.fill("Gladly.");
  const lost = async (route: Route) => {
    await route.fetch(); // it arrives; that it did is lost on the way
    await route.abort();
  };
  await page.route("**/replies", lost, { times: 1 });
  await sam.button("records.missed.keep").click();
  await page.getByText(sam.t("error.unreachable")).first().waitFor();
  await sam.button("records.missed.keep").click();
  await expect.poll(() => answer.inputValue()).toBe("");
  await page.getByText(sam.t("records.missed.reply_state.queued")).first().waitFor();
  expect(await page.getByText(sam.t("records.missed.reply_state.queued")).count()).toBe(1);
  await look(page, "missed-contact");
  expect([...waiting.faults, ...given.faults, ...late.faults, ...faults]).toEqual([]);
});
