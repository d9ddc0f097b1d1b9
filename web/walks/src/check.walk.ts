import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { openTab } from "./browser";
import { Control } from "./control";
import { Office } from "./office";
import { look, stage } from "./stage";
import { ofApp } from "./words";

const at = stage();
const control = new Control(at);
const t = ofApp("en");

it("a set-up that stops working is checked, says what is wrong in words, and is checked again once it was put right (R-48, SOC-01)", async () => {
  const { browser, server } = at;
  const { page, faults } = await openTab(browser);
  const who = { login: "ada", password: "demo", take_over: true };
  await page.context().request.post(`${server.url}/api/session`, { data: who });
  await page.goto(`${server.url}/admin/entry-points/ent_sms`);
  await page.getByRole("tab", { name: t("admin.network.tab.connection") }).click();
  const said = page.locator("[role=status] p[data-ok], [role=status] p:not([data-ok])").last();

  // It works; Twilio knows our address because it was opened with it.
  await check(page);
  await page.getByText(t("admin.network.went.check", { account: "Simulated account" })).waitFor();
  expect(await page.getByText(t("admin.network.went.elsewhere")).count()).toBe(0);

  // The token is no longer good: every question says so, and the place needs attention.
  await control.weather("ent_sms", { token_expired: true });
  await check(page);
  await said.getByText(t("admin.network.reason.auth")).waitFor();
  const troubled = page.getByRole("heading", { level: 1 }).getByText(t("admin.network.state.trouble"));
  await troubled.waitFor();
  await page.locator("[data-check=send][data-state=bad]").waitFor();
  await look(page, "admin-channel-check-failed");
  await page.getByRole("button", { name: t("admin.network.register") }).click();
  await said.getByText(t("admin.network.reason.auth")).waitFor();

  // Renewed: checked again, all is well.
  await control.weather("ent_sms");
  await check(page);
  await page.getByText(t("admin.network.went.check", { account: "Simulated account" })).waitFor();
  await page.locator("[data-check=send]:not([data-state=bad])").waitFor();
  await troubled.waitFor({ state: "detached" });
  await page.getByRole("button", { name: t("admin.network.register") }).click();
  await page.getByText(t("admin.network.went.webhook")).waitFor();
  await page.locator("[data-check=address][data-state=good]").waitFor();

  // An address of the API that leads nowhere is a fault of the set-up; put right, it is checked once more.
  const ada = await Office.signIn(server.url, "ada", true);
  const { settings } = await ada.get<{ settings: Record<string, string> }>("admin/entry-points/ent_sms");
  const base = settings.base_url!;
  await ada.change("admin/entry-points/ent_sms", {
    settings: { ...settings, base_url: base.replace("/sim/", "/nowhere/") },
  });
  await page.context().request.post(`${server.url}/api/session`, { data: who });
  await page.reload();
  await page.getByRole("tab", { name: t("admin.network.tab.connection") }).click();
  await check(page);
  await said.getByText(t("admin.network.reason.config")).waitFor();
  await look(page, "admin-channel-check-nobody");
  const again = await Office.signIn(server.url, "ada", true);
  await again.change("admin/entry-points/ent_sms", { settings });
  await page.context().request.post(`${server.url}/api/session`, { data: who });
  await page.reload();
  await page.getByRole("tab", { name: t("admin.network.tab.connection") }).click();
  await check(page);
  await page.getByText(t("admin.network.went.check", { account: "Simulated account" })).waitFor();
  expect(faults).toEqual([]);
});

/** check asks the network, and returns when it was asked. */
async function check(page: Page): Promise<void> {
  await page.getByRole("button", { name: t("admin.network.checkNow") }).click();
}
