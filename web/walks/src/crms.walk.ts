import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();
const email = "marie.tremblay@example.com";
const place = (url: string, id: string) => `${url}/sim/api/salesforce/${id}`;

/** People there: the demo's customers, and amy, whose own its logs become. */
async function salesforce(url: string, ada: Office): Promise<void> {
  const settings = { client_id: "3MVG9", client_secret: "s3cret", people: "demo" };
  const response = await fetch(`${url}/sim/control/accounts`, {
    method: "POST",
    body: JSON.stringify({ network: "salesforce", settings }),
  });
  const { id } = (await response.json()) as { id: string };
  await ada.post("admin/crm-connections", {
    kind: "salesforce",
    name: "Salesforce",
    settings: { url: place(url, id), client_id: "3MVG9", country: "CA", language: "fr-CA" },
    secrets: { client_secret: "s3cret" },
    objects: ["contact"],
  });
}

beforeAll(async () => {
  const ada = await Office.signIn(at.server.url, "ada");
  const pops = { scope: "tenant", scope_id: "", key: "dyn.pop", value: true }; // the demo has it off
  await ada.put("admin/settings", { values: [pops] });
  await salesforce(at.server.url, ada);
});

it("of two CRMs the first's record opens with the accept click, the other's waits beside the conversation; both get the log, the one in French (DYN-03, DYN-06, POP-04, A-107)", async () => {
  const amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready();
  const marie = await Visitor.at(at.browser, at.server.url);
  await marie.open();
  await marie.begin({ name: "Marie", email, question: "Where is my parcel?" });
  const open = amy.offer.getByRole("link", { name: amy.t("crm.open") });
  await expect.poll(() => open.count(), { timeout: 60_000 }).toBe(2);
  expect(await amy.offer.getByText(amy.t("agent.match.claimed")).count()).toBeGreaterThanOrEqual(2);
  await look(amy.page, "agent-offer-two-crms");
  const [first] = await Promise.all([amy.page.context().waitForEvent("page"), amy.accept()]);
  await first.getByText(email).first().waitFor();
  await first.close();

  const waiting = amy.page.getByRole("navigation", { name: amy.t("crm.waiting") });
  const link = waiting.getByRole("link", {
    name: amy.t("crm.openIn", { name: "Marie Tremblay", crm: "Salesforce" }),
  });
  await link.waitFor();
  expect(await waiting.getByRole("link").count()).toBe(1);
  await amy.say("It left today.");
  await look(amy.page, "agent-two-crms");
  const [second] = await Promise.all([amy.page.context().waitForEvent("page"), link.click()]);
  await second.getByText(email).first().waitFor();
  await second.close();
  await waiting.waitFor({ state: "detached" });

  await amy.end();
  await amy.dispose();
  const [log] = await Promise.all([amy.page.context().waitForEvent("page"), amy.finish()]);
  const links = log.getByRole("link", { name: amy.t("crm.log.open") });
  await expect.poll(() => links.count(), { timeout: 120_000 }).toBe(2);
  await look(log, "agent-two-logs");
  const filed: string[] = [];
  for (const href of await links.evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""))) {
    await log.goto(href);
    await log.getByText("It left today.").first().waitFor();
    filed.push((await log.locator("main").textContent()) ?? "");
  }
  expect(filed.map((text) => /Channel: Web chat/.test(text))).toEqual([true, false]);
  expect(filed.map((text) => /Canal\u00a0: Clavardage/.test(text))).toEqual([false, true]);
  expect([...amy.faults, ...marie.faults]).toEqual([]);
});
