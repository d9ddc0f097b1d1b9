import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow, openTab, until, violations } from "./browser";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

/** visit opens one page of the app and returns when it shows what it has. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`${at.server.url}${path}`);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await until(async () => (await page.locator("[aria-busy=true]").count()) === 0);
}

/** idOf returns the id of the first of a list. */
async function idOf(office: Office, path: string): Promise<string> {
  const { items } = await office.get<{ items: { id: string }[] }>(path);
  return items[0]!.id;
}

it("F109: a supervisor sees the floor, counted by queue, watches, and is told why (MON-01, MON-02, RTE-10)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Noah Singh", question: "Is the scarf washable?" });
  await amy.offer.waitFor();
  await amy.accept();

  const { page, faults } = await openTab(browser);
  await page.goto(server.url);
  const sam = new Agent(page, faults);
  await sam.enter("sam");
  await visit(page, "/supervisor");
  await page.getByText("Amy Chen").first().waitFor();
  await page.getByText("Noah Singh").first().waitFor();
  for (const what of ["active", "entered"]) {
    const name = `Support, ${sam.t(`supervisor.queue.${what}`)}: 1`;
    await page.getByRole("link", { name, exact: true }).waitFor();
  }
  await page
    .getByRole("cell", { name: sam.t("supervisor.of", { n: 1, of: 2 }) })
    .first()
    .waitFor(); // amy has room
  await look(page, "supervisor-live");
  await page
    .getByRole("link", { name: /Noah Singh/ })
    .first()
    .click();
  await page.getByText("Is the scarf washable?").first().waitFor();
  await visitor.say("Asking for a friend.");
  await page.getByText("Asking for a friend.", { exact: true }).first().waitFor();
  await look(page, "supervisor-watch");
  await visit(page, "/supervisor/offers");
  await look(page, "supervisor-offers");
  const interaction = new URL(amy.page.url()).pathname.split("/").at(-1);
  await visit(page, `/supervisor/offers/${interaction}.1`);
  await page.getByText(sam.t("supervisor.why.rule.only", { name: "Amy Chen" })).waitFor();
  await look(page, "supervisor-why");
  expect([...amy.faults, ...visitor.faults, ...faults]).toEqual([]);
});

it("every page of records and configuration is clean, light in English and dark in French (UX-67, LOC-01)", async () => {
  const { browser, server } = at;
  const ada = await Office.signIn(server.url, "ada");
  const [customer, oneCase, person, queue, entryPoint] = await Promise.all(
    ["customers", "cases", "admin/agents", "admin/queues", "admin/entry-points"].map((path) =>
      idOf(ada, path),
    ),
  );
  const places: Record<string, string> = {
    customers: "/agent/customers",
    customer: `/agent/customers/${customer}`,
    cases: "/agent/cases",
    case: `/agent/cases/${oneCase}`,
    interactions: "/agent/interactions",
    missed: "/agent/missed",
    "admin-home": "/admin",
    "admin-agents": "/admin/agents",
    "admin-agent": `/admin/agents/${person}`,
    "admin-groups": "/admin/groups",
    "admin-skills": "/admin/skills",
    "admin-queues": "/admin/queues",
    "admin-queue": `/admin/queues/${queue}`,
    "admin-entry-point": `/admin/entry-points/${entryPoint}`,
    "admin-channels": "/admin/entry-points",
    "admin-channel-choose": "/admin/entry-points/new",
    "admin-channel": "/admin/entry-points/ent_whatsapp",
    "admin-channel-account": "/admin/entry-points/ent_x/account",
    "admin-channel-hours": "/admin/entry-points/ent_sms/hours",
    "admin-channel-texts": "/admin/entry-points/ent_sms/texts",
    "admin-channel-odd": "/admin/entry-points/ent_telegram/odd",
    "admin-sms-countries": "/admin/sms-countries",
    "admin-dispositions": "/admin/disposition-lists",
    "admin-status-codes": "/admin/status-codes",
    "admin-faqs": "/admin/faqs",
    "admin-settings": "/admin/settings",
    "admin-keys": "/admin/api-keys",
    "admin-sessions": "/admin/sessions",
    "admin-audit": "/admin/audit",
  };
  const pictured = new Set([
    "customer",
    "case",
    "missed",
    "admin-home",
    "admin-queue",
    "admin-entry-point",
    "admin-channel",
    "admin-channel-account",
    "admin-settings",
  ]);
  let pages = 0;
  for (const french of [false, true]) {
    const { page, faults } = await openTab(browser, french ? { colorScheme: "dark", locale: "fr-CA" } : {});
    await page.goto(server.url);
    const me = new Agent(page, faults, french ? "fr-CA" : "en");
    await me.takeOver("ada");
    await page.request.put(`${server.url}/api/agents/me/profile`, {
      data: { language: french ? "fr-CA" : "en" },
    });
    for (const [name, path] of Object.entries(places)) {
      const title = french ? `${name}-fr-dark` : name;
      await visit(page, path);
      if (pictured.has(name)) await look(page, title);
      else expect.soft(await violations(page), `axe on ${title}`).toEqual([]);
      pages++;
    }
    if (!french) {
      await page.setViewportSize(narrow);
      await visit(page, "/agent/customers");
      await look(page, "customers-phone");
    }
    expect(faults).toEqual([]);
    await page.context().close();
  }
  console.log(`${pages} pages held against axe`);
});

it("the live page in French shows every head of its tables and every state, wide and narrow (MON-02, UX-53, UX-67)", async () => {
  const { browser, server } = at;
  const ada = await Office.signIn(server.url, "ada", true);
  const { items } = await ada.get<{ items: { id: string; login: string }[] }>("admin/agents");
  const id = items.find((a) => a.login === "sam")!.id;
  await ada.change(`admin/agents/${id}`, { language: "fr-CA" });
  const { page, faults } = await openTab(browser, { locale: "fr-CA" });
  const sam = new Agent(page, faults, "fr-CA");
  await page.goto(server.url);
  await sam.takeOver("sam");
  await visit(sam.page, "/supervisor");
  const heads = sam.page.getByRole("table").first().getByRole("columnheader");
  await heads.last().waitFor();
  const edge = () =>
    heads.last().evaluate((head) => {
      const frame = head.closest("section")!.getBoundingClientRect();
      return head.getBoundingClientRect().right - frame.right;
    });
  expect(await edge()).toBeLessThanOrEqual(0);
  await sam.page.setViewportSize(narrow);
  const states = sam.page.getByRole("radiogroup", { name: sam.t("supervisor.interaction.state") });
  await states.locator("label").last().scrollIntoViewIfNeeded();
  const cut = () =>
    states.evaluate((group) => {
      const last = group.querySelector("label:last-of-type")!.getBoundingClientRect();
      return last.right - group.getBoundingClientRect().right;
    });
  await expect.poll(cut).toBeLessThanOrEqual(1);
  await ada.change(`admin/agents/${id}`, { language: "en" });
});
