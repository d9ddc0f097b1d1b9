import { expect, it } from "vitest";
import { Agent } from "./agent";
import { openTab } from "./browser";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";
import { ofApp } from "./words";

interface Named {
  id: string;
  name: string;
}

const at = stage();

/** leave signs somebody out, for the next walk of this file. */
const leave = (agent: Agent) => agent.page.context().request.delete(`${at.server.url}/api/session`);

it("my queues stand in the profile, and wait for Confirm; without the right they are off and say why (F072, F073, SEC-05)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.page.goto(`${server.url}/agent/profile`);
  const queues = amy.page.getByRole("main").getByRole("region", { name: amy.t("agent.queues.title") });
  const first = queues.getByRole("checkbox").first();
  const keeps = async (on: boolean) => {
    await amy.page.reload();
    await first.waitFor();
    expect(await first.isChecked()).toBe(on);
  };
  const confirm = async () => {
    await amy.button("agent.queues.confirm", queues).click();
    await amy.button("agent.queues.confirm", queues).waitFor({ state: "detached" });
  };
  await first.uncheck();
  await keeps(true);
  await first.uncheck();
  await confirm();
  await keeps(false);
  await first.check();
  await confirm();
  await keeps(true);

  const ada = await Office.signIn(server.url, "ada");
  await ada.put("admin/settings", {
    values: [{ key: "agents.may_toggle_queues", scope: "tenant", scope_id: "", value: false }],
  });
  await amy.page.reload();
  await queues.getByText(amy.t("agent.queues.locked")).waitFor();
  expect(await first.isDisabled()).toBe(true);
  await look(amy.page, "agent-profile-queues-locked");
  await leave(amy);
  expect(amy.faults).toEqual([]);
});

it("the account menu turns every word French, and keeps it (F077, LOC-01)", async () => {
  const { browser, server } = at;
  const carol = await Agent.signIn(browser, server.url, "carol");
  await carol.page.getByRole("button", { name: /^Account/ }).click();
  await carol.page.getByRole("menuitemradio", { name: "Fran\u00e7ais (Canada)" }).click();
  carol.t = ofApp("fr-CA");
  await expect.poll(() => carol.page.locator("html").getAttribute("lang")).toBe("fr-CA");
  await carol.button("status.action.ready").waitFor();
  expect(carol.t("status.action.ready")).toBe("Pr\u00eat \u00e0 travailler");
  await carol.page.reload();
  await carol.button("status.action.ready").waitFor();
  const words = await carol.page.locator("body").textContent();
  expect(words).not.toMatch(/\b(Ready to work|Customers|Cases|Queues|On break)\b/);
  await carol.page.context().request.put(`${server.url}/api/agents/me/profile`, { data: { language: "en" } });
  await leave(carol);
  expect(carol.faults).toEqual([]);
});

it("the help leads to the center's own instructions and to feedback, where an administrator chose so (F114)", async () => {
  const { browser, server } = at;
  const ada = await Office.signIn(server.url, "ada", true);
  const choose = (key: string, value: string) =>
    ada.put("admin/settings", { values: [{ key, scope: "tenant", scope_id: "", value }] });
  const carol = await Agent.signIn(browser, server.url, "carol", "en");
  const help = carol.page.getByRole("dialog");
  const open = () => carol.page.keyboard.press("?");
  await open();
  await help.getByText(carol.t("help.anywhere")).waitFor();
  expect(await help.getByRole("link").count()).toBe(0);
  await expect(choose("help.docs_url", "javascript:alert(1)")).rejects.toThrow("not_a_url");
  await choose("help.docs_url", "https://help.example/agents");
  await choose("help.feedback_url", "mailto:desk@shop.example");
  await carol.page.reload();
  await carol.page.getByRole("heading", { level: 1 }).waitFor();
  await open();
  const to = (key: string) => help.getByRole("link", { name: carol.t(key) }).getAttribute("href");
  expect([await to("help.docs"), await to("help.feedback")]).toEqual([
    "https://help.example/agents",
    "mailto:desk@shop.example",
  ]);
  await look(carol.page, "help-links");
  await leave(carol);
  expect(carol.faults).toEqual([]);
});

it("an outcome is added, translated, renamed and moved, and stands so at the next wrap-up (F085, WRP-06)", async () => {
  const { browser, server } = at;
  const { page, faults } = await openTab(browser);
  await page
    .context()
    .request.post(`${server.url}/api/session`, { data: { login: "ada", password: "demo", take_over: true } });
  const t = ofApp("en");
  const lists = (await (
    await page.context().request.get(`${server.url}/api/admin/disposition-lists`)
  ).json()) as {
    items: (Named & { required: boolean; codes: Named[] })[];
  };
  const list = lists.items.find((l) => l.required)!;
  await page.goto(`${server.url}/admin/disposition-lists/${list.id}`);
  const codes = page.getByRole("main").getByRole("listitem");
  await codes.getByLabel(t("admin.list.code.name"), { exact: true }).first().fill("Sorted out");
  await page.getByRole("button", { name: t("admin.list.addCode") }).click();
  await codes.getByLabel(t("admin.list.code.name"), { exact: true }).last().fill("Sent a new one");
  await codes.getByLabel(t("admin.list.code.name_fr")).last().fill("Remplac\u00e9");
  await page.getByRole("button", { name: t("admin.upOf", { name: "Sent a new one" }) }).click();
  await page.getByRole("button", { name: t("action.save"), exact: true }).click();
  await page.getByText(t("editor.saved"), { exact: true }).waitFor();
  expect(faults).toEqual([]);

  for (const [login, words] of [
    ["amy", ["Sorted out", "Sent a new one"]],
    ["bob", ["Remplac\u00e9"]],
  ] as const) {
    const agent = await Agent.signIn(browser, server.url, login);
    await agent.ready();
    const visitor = await Visitor.at(browser, server.url);
    await visitor.open();
    await visitor.begin({ name: "Ines Costa", question: "It came broken" });
    await agent.offer.waitFor();
    await agent.accept();
    await agent.end();
    await agent.wrapUp.locator("[data-list]").first().click();
    const options = await agent.page.getByRole("option").allInnerTexts();
    for (const word of words) expect(options.join("|")).toContain(word);
    if (login === "amy")
      expect(options.findIndex((o) => o.includes("Sent a new one"))).toBe(list.codes.length - 1);
    await agent.page.getByRole("option").first().click();
    await agent.finish();
    await leave(agent);
    expect([...agent.faults, ...visitor.faults]).toEqual([]);
  }
});

it("a customer without an answer: a count, then amber, then red; an answer clears it (F099, WSP-02)", async () => {
  const { browser, server } = at;
  const ada = await Office.signIn(server.url, "ada", true);
  const { items } = await ada.get<{ items: Named[] }>("admin/queues");
  for (const queue of items) await ada.change(`admin/queues/${queue.id}`, { reply_target_s: 8 });
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const [ines, noah] = [await Visitor.at(browser, server.url), await Visitor.at(browser, server.url)];
  for (const [visitor, name] of [
    [ines, "Ines Costa"],
    [noah, "Noah Roy"],
  ] as const) {
    await visitor.open();
    await visitor.begin({ name, question: "Where is it?" });
    await amy.offer.waitFor();
    await amy.accept();
    await amy.say(`Hello ${name}`);
    await visitor.hears(`Hello ${name}`);
  }
  const row = amy.rows.filter({ hasText: "Ines Costa" });
  await expect.poll(() => row.getAttribute("data-level")).toBe("0");
  await ines.say("Are you there?");
  await row.locator("[class*=badge]").waitFor();
  const colour = () => row.locator("[class*=alert]").evaluate((e) => getComputedStyle(e).color);
  const seen = new Map<string, string>();
  for (const level of ["1", "2", "3"]) {
    await expect.poll(() => row.getAttribute("data-level"), { timeout: 20_000 }).toBe(level);
    seen.set(level, await colour());
  }
  expect(new Set(seen.values()).size).toBe(3);
  await look(amy.page, "agent-list-overdue");
  await row.click();
  await amy.say("Yes, a moment");
  await expect.poll(() => row.getAttribute("data-level")).toBe("0");
  expect([...amy.faults, ...ines.faults, ...noah.faults]).toEqual([]);
});

// The last: bob signs in with another password from here on.
it("one's own password is changed in the profile; a wrong old one is told at its field (A-096)", async () => {
  const { browser, server } = at;
  const bob = await Agent.signIn(browser, server.url, "bob");
  await bob.page.goto(`${server.url}/agent/profile`);
  const change = async (old: string, now: string) => {
    await bob.page.getByLabel(bob.t("agent.profile.current")).and(bob.page.locator("input")).fill(old);
    await bob.page.getByLabel(bob.t("agent.profile.new")).and(bob.page.locator("input")).fill(now);
    await bob.button("agent.profile.change").click();
  };
  await change("no idea", "battery staple");
  await bob.page.getByText(bob.t("field.wrong_password")).waitFor();
  await change("demo", "short");
  await bob.page.getByText(bob.t("field.too_short")).waitFor();
  await change("demo", "battery staple");
  await bob.page.getByText(bob.t("agent.profile.passwordSaved")).waitFor();
  await leave(bob);
  const again = (password: string) =>
    bob.page
      .context()
      .request.post(`${server.url}/api/session`, { data: { login: "bob", password, take_over: true } });
  expect([(await again("demo")).status(), (await again("battery staple")).ok()]).toEqual([401, true]);
  await leave(bob);
  expect(bob.faults).toEqual([]);
});
