import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow, openTab, wide } from "./browser";
import { Control } from "./control";
import { Simulator } from "./phone";
import { look, stage } from "./stage";
import { ofApp } from "./words";

/** Network is one an administrator connects by its form, and what the form asks. */
interface Network {
  provider: string;
  name: string;
  /** As people write it in its country, where that is a number. */
  address: string;
  country?: string;
  settings: Record<string, string>;
  choices?: Record<string, string>;
  /** The customer: their address there, their words, and what they are answered. */
  from: string;
}

const at = stage();
const control = new Control(at);
const t = ofApp("en");
let amy: Agent;
let page: Page;
let faults: string[];

beforeAll(async () => {
  amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready();
  ({ page, faults } = await openTab(at.browser));
  const who = { login: "ada", password: "demo", take_over: true };
  await page.context().request.post(`${at.server.url}/api/session`, { data: who });
});

const end = (box: { y: number; height: number }) => box.y + box.height;

/** pick chooses an option of a list. */
async function pick(label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** fill fills in a network's form and saves it; its account at the simulator comes by itself. */
async function fill(n: Network): Promise<void> {
  await page.goto(`${at.server.url}/admin/entry-points/new/${n.provider}`);
  await page.getByRole("textbox", { name: t("admin.entry.name"), exact: true }).fill(n.name);
  await pick(t("admin.entry.queue_id"), "Support");
  if (n.country) await pick(t("admin.sms.country"), n.country);
  const box = (field: string) =>
    page
      .getByLabel(t(`channel.field.${field}`))
      .and(page.locator("input"))
      .first();
  await box(n.country ? "phone_number" : "user_id").fill(n.address);
  for (const [field, option] of Object.entries(n.choices ?? {}))
    await pick(t(`channel.field.${field}`), t(`admin.network.option.${field}.${option}`));
  for (const [field, value] of Object.entries(n.settings)) await box(field).fill(value);
  if (n.provider !== "smpp") {
    await page.getByText(t("admin.network.advanced"), { exact: true }).click();
    await page
      .getByRole("combobox", { name: t("admin.network.base_url") })
      .or(page.getByRole("textbox", { name: t("admin.network.base_url") }))
      .first()
      .fill(`${at.server.url}/sim/api/${n.provider}/${n.name}`);
  }
  await look(page, `admin-set-up-${n.provider}`);
  await page.getByRole("button", { name: t("action.save"), exact: true }).click();
  await page.waitForURL(/\/admin\/entry-points\/ent_/);
  await control.opened(n.name);
}

/** talks lets a customer write there, and amy answer; the checklist of the set-up fills by itself. */
async function talks(n: Network): Promise<void> {
  const question = `Is ${n.name} heard?`;
  await control.say(n.name, n.from, "Rosa Lind", question);
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears(question);
  await amy.say(`${n.name} is.`);
  await expect.poll(() => control.heard(n.name, n.from)).toEqual([`${n.name} is.`]);
  for (const check of n.provider === "x" ? ["receive", "send"] : ["receive", "send", "receipt"])
    await page.locator(`[data-check=${check}][data-state=good]`).waitFor();
  await look(page, `admin-checklist-${n.provider}`);
}

it("a number at Vonage, written as in its country, is connected by its form and works (F048, SMS-01, R-48)", async () => {
  const n: Network = {
    provider: "vonage",
    name: "vonage-texts",
    country: "Canada",
    address: "(514) 555-0133",
    settings: {
      api_key: "abcd1234",
      api_secret: "walk-api-secret",
      signature_secret: "walk-signature-secret",
    },
    from: "+15145550234",
  };
  await fill(n);
  await talks(n);
  await page.goto(`${at.server.url}/admin/entry-points/new/vonage`);
  await page.getByRole("combobox", { name: t("admin.sms.country") }).click();
  await expect.poll(() => page.getByRole("option").count()).toBe(30);
});

it("a number at 8x8 is connected by its form and works (SMS-01, R-48)", async () => {
  const key = "walk-webhook-key-0001";
  const n: Network = {
    provider: "eightbyeight",
    name: "eight-texts",
    country: "France",
    address: "06 12 34 56 78",
    settings: { subaccount_id: "walk_subaccount", api_key: "walk-api-key-0001", webhook_key: key },
    from: "+33698765432",
  };
  await fill(n);
  await talks(n);
});

it("an operator's message center is connected by its form, keeps its connection and works (SMS-01, R-48)", async () => {
  const given = { system_id: "walk", password: "secret08", address: "+15145550155" };
  const where = await control.account({ id: "smpp-texts", network: "smpp", webhook: "", settings: given });
  const n: Network = {
    provider: "smpp",
    name: "smpp-texts",
    country: "Canada",
    address: "514 555 0155",
    settings: { host: where.host!, port: where.port!, system_id: "walk", password: "secret08" },
    from: "+15145550256",
  };
  await fill(n);
  expect(await page.getByLabel(t("admin.network.webhook"), { exact: true }).count()).toBe(0);
  await talks(n);
});

it("X is connected with OAuth 2.0 and the Account Activity API's envelope (F002, SOC-01, R-48)", async () => {
  const n: Network = {
    provider: "x",
    name: "x-second",
    address: "1234567890",
    choices: { auth: "oauth2", envelope: "aaa" },
    settings: {
      consumer_secret: "walk-consumer-secret",
      client_id: "walk-client",
      client_secret: "walk-client-secret",
      oauth2_token: "walk-oauth2-token",
      refresh_token: "walk-refresh-token",
      bearer_token: "walk-bearer-token",
    },
    from: "1830218901527779999",
  };
  await fill(n);
  await talks(n);
});

it("in a center with a simulator a network is filled in and tried out by three clicks, and its phone is there (F002, SOC-01)", async () => {
  const simulator = await Simulator.at(at.browser, at.server.url);
  await page.goto(`${at.server.url}/admin/entry-points/new/whatsapp`);
  await page.getByRole("textbox", { name: t("admin.entry.name"), exact: true }).fill("Rehearsal");
  await pick(t("admin.entry.queue_id"), "Support");
  await page.getByRole("button", { name: t("admin.network.rehearse") }).click();
  await page.getByText(t("admin.network.rehearsed")).waitFor();
  await look(page, "admin-set-up-simulator");
  const save = page.getByRole("button", { name: t("action.save"), exact: true });
  await page.setViewportSize(narrow); // the navigation lies below there: it covers nothing
  const below = page.getByRole("navigation", { name: t("nav.main"), exact: true });
  const gap = async () => (await below.boundingBox())!.y - end((await save.boundingBox())!);
  await expect.poll(gap).toBeGreaterThan(0);
  await page.setViewportSize(wide);
  await save.click();
  await page.waitForURL(/\/admin\/entry-points\/ent_/);
  await page.locator("[data-check=address][data-state=good]").waitFor();
  const row = simulator.page.locator("button[data-phone^='whatsapp-']");
  await row.waitFor();
  const phone = await simulator.take((await row.getAttribute("data-phone"))!);
  await phone.say("Is this thing on?");
  await amy.offer.waitFor();
  await amy.accept();
  await amy.say("It is.");
  await phone.hears("It is.");
  await page.locator("[data-check=receipt][data-state=good]").waitFor();
  expect([...faults, ...amy.faults, ...simulator.faults]).toEqual([]);
});
