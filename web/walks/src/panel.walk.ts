import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTab, picture, until, violations } from "./browser";
import { Office } from "./office";
import { phones, Simulator } from "./phone";
import { freePort } from "./server";
import { stage } from "./stage";
import { Visitor } from "./visitor";
import { ofApp } from "./words";

const at = stage();
const t = ofApp("en");
const oracles = resolve("../../oracles");
let crm: Server;
let provider: ChildProcess;
let ada: Office;

/** set changes settings of the center. */
const set = (values: Record<string, string | boolean>) =>
  ada.put("admin/settings", {
    values: Object.entries(values).map(([key, value]) => ({ scope: "tenant", scope_id: "", key, value })),
  });

/** Dynamics as far as the panel sees it: a page of another site with the panel in a frame, and its library. */
const library = `
  globalThis.Microsoft = { CIFramework: {
    openForm: async (form, parameters) => parent.postMessage({ form: JSON.parse(form), parameters: JSON.parse(parameters ?? "{}") }, "*"),
    setMode: async (mode) => parent.postMessage({ mode }, "*"),
  } };
  dispatchEvent(new Event("CIFInitDone"));`;

beforeAll(async () => {
  crm = createServer((request, answer) => {
    const script = request.url?.endsWith("msdyn_ciLibrary.js");
    answer.writeHead(200, { "Content-Type": script ? "text/javascript" : "text/html" });
    answer.end(
      script
        ? library
        : `<!doctype html><html lang="en"><title>CRM</title><main><h1>CRM</h1></main>
          <iframe title="Parley" src="${at.server.url}/panel" style="width:350px;height:700px;border:0"></iframe>
          <script>globalThis.told = []; onmessage = (e) => told.push(e.data)</script></html>`,
    );
  });
  await new Promise<void>((done) => crm.listen(0, "localhost", done));
  if (!existsSync(resolve(oracles, "node_modules/oidc-provider")))
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: oracles, stdio: "ignore" });
  const port = await freePort();
  provider = spawn("node", ["provider.mjs", String(port), `${at.server.url}/sso/callback`], { cwd: oracles });
  const ready = new Promise((done) => provider.stdout?.once("data", done));
  await ready;
  ada = await Office.signIn(at.server.url, "ada");
  await set({
    "oidc.name": "Contoso",
    "oidc.issuer": `http://127.0.0.1:${port}`,
    "oidc.client_id": "parley",
    "oidc.client_secret": "parley-secret",
    "oidc.claim": "preferred_username",
  });
});
afterAll(() => {
  crm.close();
  provider.kill();
});

const address = () => `http://localhost:${(crm.address() as AddressInfo).port}`;

/** atProvider signs in on the provider's own pages. */
async function atProvider(page: Page, name: string) {
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("anything");
  await page.locator("button[type=submit]").click();
  await page.getByRole("button", { name: "Continue" }).click();
}

const contoso = t("login.sso", { name: "Contoso" });

it("people come in by the organisation's identity provider, and only those we know (A-086)", async () => {
  const { page, faults } = await openTab(at.browser);
  await page.goto(at.server.url);
  await page.getByRole("button", { name: contoso }).click();
  await atProvider(page, "nobody");
  await page.getByText(t("error.sso_unknown")).waitFor();

  await page.context().clearCookies();
  await page.goto(at.server.url);
  await page.getByRole("button", { name: contoso }).click();
  await atProvider(page, "carol");
  await page
    .getByRole("button", { name: /^(Status|Statut)/ })
    .first()
    .waitFor();
  expect(await page.evaluate(() => fetch("/api/session").then((r) => r.json()))).toMatchObject({
    role: "agent",
  });
  expect(faults).toEqual([]);
});

it("the panel works inside a CRM, framed by it alone, with a sign-in of its own (DYN-01, A-110)", async () => {
  const { page, faults } = await openTab(at.browser);
  const refused = page.waitForEvent("console", (line) => /frame-ancestors/.test(line.text()));
  await page.goto(address());
  await refused;

  await set({ "panel.origins": address(), "dyn.pop": true });
  faults.length = 0;
  await page.goto(address());
  const panel = await until(async () => page.frames().find((f) => f.url().includes("/panel")));
  const opened = page.waitForEvent("popup");
  await panel.getByRole("button", { name: contoso }).click();
  await atProvider(await opened, "amy");
  await panel
    .getByRole("button", { name: t("status.action.ready") })
    .first()
    .click();

  const cookies = await page.context().cookies(`${at.server.url}/panel`);
  expect(cookies.filter((c) => c.path === "/panel")).toMatchObject([
    { httpOnly: true, secure: true, sameSite: "None" },
  ]);
  expect(await asked(panel, "/panel/api/session")).toBe(200);
  expect(await asked(panel, "/panel/api/admin/agents")).toBe(403);
  expect(await asked(panel, "/api/session")).toBe(401);

  const visitor = await Visitor.at(at.browser, at.server.url);
  await visitor.open();
  await visitor.begin({ name: "Marie", email: "marie.tremblay@example.com", question: "Is it in stock?" });
  await panel
    .getByText(t("crm.matches_one", { count: 1 }))
    .first()
    .waitFor();
  await panel
    .getByRole("button", { name: /^(Accept|Accepter)/ })
    .first()
    .click();
  await panel.getByRole("log").getByText("Is it in stock?").first().waitFor();
  await panel.getByRole("textbox").last().fill("Yes, ten of them.");
  await panel.getByRole("textbox").last().press("Enter");
  await visitor.hears("Yes, ten of them.");
  const told = () => page.evaluate(() => (globalThis as unknown as { told: unknown[] }).told);
  await until(async () => JSON.stringify(await told()).includes('"entityName":"contact"'));
  expect(await told()).toContainEqual({ mode: 1 });
  const stopped = () => fetch("/panel/api/agents/me/stop-new", { method: "PUT" }).then((r) => r.ok);
  expect(await panel.evaluate(stopped)).toBe(true); // who comes next is bob's
  await picture(page, "panel");
  expect(await violations(page)).toEqual([]);
  expect(faults).toEqual([]);
});

it("WhatsApp is served in the panel, in French and dark at 350 pixels: status, queues, offer, window, profile, and no word is cut (F079, DYN-01, DYN-07)", async () => {
  const fr = ofApp("fr-CA");
  const { page, faults } = await openTab(at.browser, { locale: "fr-CA", colorScheme: "dark" });
  await page.goto(address());
  const panel = await until(async () => page.frames().find((f) => f.url().includes("/panel")));
  await panel.getByLabel(fr("login.name")).fill("bob");
  await panel.locator("input[name=password]").fill("demo");
  await panel.locator("form button[type=submit]").click();
  const seen = async (name: string, whole = false) => {
    expect.soft(await cut(panel), `what is cut on ${name}`).toEqual([]);
    if (whole) expect.soft(await violations(page), `axe on ${name}`).toEqual([]);
    await picture(page, name);
  };
  const press = (name: string | RegExp) => panel.getByRole("button", { name }).first().click();
  await press(fr("status.action.ready"));
  await panel.getByText(fr("agent.queues.title")).first().waitFor();

  const simulator = await Simulator.at(at.browser, at.server.url);
  const marie = await simulator.take(phones.whatsapp);
  await marie.say("O\u00f9 est ma couverture?");
  await panel.locator("[data-offer]").waitFor();
  const two = fr("crm.matches_other", { count: 2 });
  await panel.locator("[data-offer] [data-crm=found]").getByText(two).waitFor();
  const accept = panel
    .locator("[data-offer]")
    .getByRole("button", { name: new RegExp(`^${fr("agent.offer.accept")}`) });
  await accept.click({ trial: true }); // nothing lies over it
  await seen("panel-offer-fr-dark", true);
  await accept.click();
  await panel.getByRole("log").getByText("O\u00f9 est ma couverture?").waitFor();
  await seen("panel-conversation-fr-dark");
  await panel.getByRole("textbox").last().fill("Elle arrive demain.");
  await panel.getByRole("textbox").last().press("Enter");
  await marie.hears("Elle arrive demain.");

  await press(fr("crm.avatar", { what: two }));
  await panel.getByRole("radio", { name: "Marie Tremblay-Roy", exact: true }).check();
  await panel
    .getByText(fr("crm.chosen", { name: "Marie Tremblay-Roy" }))
    .first()
    .waitFor();
  await press(fr("crm.back"));
  await press(fr("agent.conversation.end")); // what is said in passing does not lie over it
  await panel.locator("[data-region=wrapup]").waitFor();
  await seen("panel-wrap-up-fr-dark", true);
  await press(fr("header.account", { name: "Bob Tremblay" }));
  await panel.getByRole("menuitem", { name: fr("header.profile") }).click();
  await panel.getByRole("switch", { name: fr("crm.profile.multi") }).waitFor();
  await seen("panel-profile-fr-dark", true);
  expect(faults).toEqual([]);
});

/** cut are the buttons whose words have no room. */
const cut = (panel: Frame) =>
  panel.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, .mantine-Button-label")]
      .filter((b) => b.checkVisibility() && b.scrollWidth > b.clientWidth + 1)
      .map((b) => b.textContent),
  );

/** asked is what an address answers the panel's page. */
const asked = (panel: Frame, path: string) => panel.evaluate((p) => fetch(p).then((r) => r.status), path);
