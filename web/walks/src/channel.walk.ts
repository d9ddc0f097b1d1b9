import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { narrow, openTab } from "./browser";
import { look, stage } from "./stage";
import { ofApp } from "./words";

const at = stage();
const phone = "15145550188";

/** simulate does something at the simulated network. */
async function simulate<T>(path: string, body: unknown): Promise<T> {
  const answer = await fetch(`${at.server.url}/sim/control/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}

it("an administrator connects WhatsApp by its form, the checklist goes green, it is paused and goes on (SOC-01, R-48, A-095)", async () => {
  const { page, faults } = await openTab(at.browser);
  const t = ofApp("en");
  const who = { login: "ada", password: "demo", take_over: true };
  await page.context().request.post(`${at.server.url}/api/session`, { data: who });

  // Step 1: which network. By keyboard: the links are in reading order.
  await page.goto(`${at.server.url}/admin/entry-points`);
  await page.locator(`a[href="/admin/entry-points/ent_whatsapp"]`).waitFor();
  await look(page, "admin-entry-points");
  await page.getByRole("button", { name: t("admin.entry.new") }).press("Enter");
  await page.getByText(t("admin.network.choose")).waitFor();
  await look(page, "admin-channel-choose");
  await page.getByRole("link", { name: "WhatsApp (Cloud API)" }).press("Enter");

  // Step 2: the credentials, all faults at once.
  await page.getByRole("textbox", { name: t("admin.entry.name"), exact: true }).fill("Boutique");
  await page.getByRole("button", { name: t("action.save"), exact: true }).click();
  await page.getByText(t("editor.faults")).waitFor();
  await look(page, "admin-channel-faults");
  const field = (name: string) =>
    page
      .getByLabel(t(`channel.field.${name}`))
      .and(page.locator("input"))
      .first();
  await page
    .getByRole("textbox", { name: t("channel.field.phone_number"), exact: true })
    .fill("+1 514 555-0177");
  await field("phone_number_id").fill("106540352242999");
  await field("business_account_id").fill("102290129340999");
  await field("app_id").fill("670843887433999");
  await field("access_token").fill("walk-access-token");
  await field("app_secret").fill("0123456789abcdef0123456789abcdef");
  await page
    .getByRole("button", { name: t("admin.network.drawOf", { name: t("channel.field.verify_token") }) })
    .click();
  const verify = await field("verify_token").inputValue();
  expect(verify).toMatch(/^[0-9a-f]{32}$/);
  await page.getByRole("combobox", { name: t("admin.entry.queue_id") }).click();
  await page.getByRole("option", { name: "Support" }).click();
  await page.getByText(t("admin.network.advanced"), { exact: true }).click();
  await page
    .getByRole("combobox", { name: t("admin.network.base_url") })
    .or(page.getByRole("textbox", { name: t("admin.network.base_url") }))
    .first()
    .fill(`${at.server.url}/sim/api/whatsapp/boutique`);
  await page.getByRole("button", { name: t("action.save"), exact: true }).click();
  await page.waitForURL(/\/admin\/entry-points\/ent_/);

  // Step 3: the address for the network.
  const webhook = await page.getByLabel(t("admin.network.webhook"), { exact: true }).inputValue();
  const id = new URL(page.url()).pathname.split("/")[3]!;
  expect(webhook).toBe(`${at.server.url}/in/whatsapp/${id}`);
  const ours = t("admin.network.copyOf", { name: t("channel.field.verify_token") });
  expect(await page.getByLabel(ours, { exact: true }).inputValue()).toBe(verify);
  const shown = await page.context().request.get(`${at.server.url}/api/admin/entry-points/${id}`);
  expect(await shown.text()).not.toMatch(/walk-access-token|0123456789abcdef/);
  await simulate("accounts", {
    id: "boutique",
    network: "whatsapp",
    webhook,
    settings: {
      address: "+15145550177",
      phone_number: "+15145550177",
      phone_number_id: "106540352242999",
      business_account_id: "102290129340999",
      app_id: "670843887433999",
      access_token: "walk-access-token",
      app_secret: "0123456789abcdef0123456789abcdef",
      verify_token: verify,
    },
  });
  await expect(state(page, "receive")).resolves.toBe("waiting");
  await look(page, "admin-channel-new");
  await page.reload(); // nobody is shown it again
  await check(page, "receive").waitFor();
  expect(await page.getByLabel(ours, { exact: true }).count()).toBe(0);
  await page.getByRole("button", { name: t("admin.network.register") }).click();
  await page.getByText(t("admin.network.went.webhook")).waitFor();
  await turns(page, "address", "good");

  // Step 4: a message comes, a test goes; the checklist fills by itself.
  await simulate("say", {
    account: "boutique",
    from: phone,
    name: "Marie Tremblay",
    kind: "text",
    text: "Bonjour",
  });
  await turns(page, "signature", "good");
  await turns(page, "receive", "good");
  await page.getByRole("combobox", { name: t("admin.network.testTo") }).fill(`+${phone}`);
  await page.getByRole("button", { name: t("admin.network.sendTest") }).click();
  await page.getByText(t("admin.network.went.test")).waitFor();
  await turns(page, "send", "good");
  await turns(page, "receipt", "good");
  await page.getByRole("button", { name: t("admin.network.checkNow") }).click();
  await page.getByText(t("admin.network.went.check", { account: "" }).trim()).waitFor();
  await look(page, "admin-channel-works");

  // Paused and resumed.
  await page.getByRole("button", { name: t("admin.network.pause"), exact: true }).click();
  await page.getByText(t("admin.network.pausedByAdmin")).waitFor();
  await page.getByText(t("admin.network.state.paused"), { exact: true }).waitFor();
  await page.setViewportSize(narrow);
  await look(page, "admin-channel-paused-phone");
  await page.getByRole("button", { name: t("admin.network.resume"), exact: true }).click();
  await page.getByText(t("admin.network.state.works"), { exact: true }).waitFor();
  expect(faults).toEqual([]);
});

it("countries of texts are listed with their price, and what they cost is a table (F049, SMS-01)", async () => {
  const { page, faults } = await openTab(at.browser, { colorScheme: "dark" });
  const t = ofApp("en");
  const who = { login: "ada", password: "demo", take_over: true };
  await page.context().request.post(`${at.server.url}/api/session`, { data: who });
  await page.goto(`${at.server.url}/admin/sms-countries`);
  await page.getByText(t("admin.sms.noneText")).waitFor();
  await page.getByRole("combobox", { name: t("admin.sms.add") }).fill("Canada");
  await page.getByRole("option", { name: "Canada" }).click();
  await page.getByLabel(t("admin.sms.priceOf", { name: "Canada" })).fill("0.0075");
  await page.getByRole("button", { name: t("action.save"), exact: true }).click();
  await page.getByText(t("admin.sms.saved"), { exact: true }).waitFor();
  await look(page, "admin-sms-countries");
  const saved = await page.context().request.get(`${at.server.url}/api/admin/sms-countries`);
  expect((await saved.json()).items).toEqual([
    { country: "CA", receive: true, send: true, price_micros: 7500 },
  ]);
  const table = await page.context().request.get(`${at.server.url}/api/admin/sms-spend/csv?year=2026`);
  expect([table.headers()["content-type"], await table.text()]).toEqual([
    "text/csv; charset=utf-8",
    "month,country,messages,segments,cost\n",
  ]);
  expect(faults).toEqual([]);
});

const check = (page: Page, name: string) => page.locator(`[data-check=${name}]`);

/** state is how an item of the checklist stands. */
async function state(page: Page, name: string): Promise<string | null> {
  return check(page, name).getAttribute("data-state");
}

/** turns waits until an item of the checklist stands as wanted. */
async function turns(page: Page, name: string, wanted: string): Promise<void> {
  await page.locator(`[data-check=${name}][data-state=${wanted}]`).waitFor();
}
