import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow } from "./browser";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";

const at = stage();

it("the simulator's pages are clean: scenarios, trouble, requests, a new phone; wide, on a phone, in French, in the dark (UX-67, LOC-01)", async () => {
  const { browser, server } = at;
  for (const [name, language, options] of [
    ["simulator", "en", {}],
    ["simulator-fr-dark", "fr-CA", { colorScheme: "dark" as const }],
    ["simulator-phone", "en", { viewport: narrow }],
  ] as const) {
    const { page, faults, t } = await Simulator.at(browser, server.url, language, options);
    await look(page, name);
    for (const part of ["weather", "requests", "scenarios"]) {
      await page.getByRole("button", { name: t(`part.${part}`), exact: true }).click();
      await page.getByRole("heading", { name: t(`part.${part}`) }).waitFor();
      await look(page, `${name}-${part}`);
    }
    const wide = await page.locator("html").evaluate((html) => html.scrollWidth > html.clientWidth);
    expect([name, wide]).toEqual([name, false]);
    expect(faults).toEqual([]);
    await page.context().close();
  }
});

it("a newcomer sees both sides at once: the phone on the left, the agent on the right (UX-62)", async () => {
  const { browser, server } = at;
  const simulator = await Simulator.at(browser, server.url);
  const zoe = await simulator.take(phones.telegram);
  await simulator.page.getByRole("button", { name: simulator.t("split") }).click();
  const beside = simulator.page.frameLocator(`iframe[title="${simulator.t("split.agent")}"]`);
  await beside.locator("input[name=login], input[name=username], input").first().fill("amy");
  await beside.locator("input[name=password]").fill("demo");
  await beside.locator("form button[type=submit]").click();
  const words = new Agent(simulator.page, []).t;
  await beside
    .getByRole("button", { name: words("status.action.ready") })
    .first()
    .click();
  await zoe.say("Is anybody there?");
  await beside.locator("[data-offer]").waitFor();
  await beside
    .locator("[data-offer]")
    .getByRole("button", { name: words("agent.offer.accept") })
    .click();
  const composer = beside.locator("[data-region=composer] textarea");
  await composer.fill("I am.");
  await composer.press("Enter");
  await zoe.hears("I am.");
  await look(simulator.page, "simulator-split");
  expect(simulator.faults).toEqual([]);
  await simulator.page.context().close();
});

it("a phone is made, five customers come at once, trouble is made and found in the log (A-132)", async () => {
  const { browser, server } = at;
  const { page, faults, t } = await Simulator.at(browser, server.url);
  await page.getByRole("button", { name: t("phone.add") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("phone.name")).fill("Liam Roy");
  await dialog.getByLabel(t("phone.number"), { exact: true }).fill("5145550177");
  await expect.poll(() => dialog.getByRole("button", { name: t("phone.add") }).isDisabled()).toBe(true);
  await dialog.getByLabel(t("phone.number"), { exact: true }).fill("+15145550177");
  await look(page, "simulator-new-phone");
  await dialog.getByRole("button", { name: t("phone.add") }).click();
  const liam = page.locator("article[data-phone='ent_sms/+15145550177']");
  await liam.locator("textarea").fill("Hello from a new phone");
  await liam.locator("textarea").press("Enter");
  await liam.getByText("Hello from a new phone").waitFor();

  await page.getByRole("checkbox", { name: t("network.telegram") }).check();
  await page.locator("button[data-scenario=five_at_once]").click();
  await expect.poll(() => page.locator("nav button[data-phone^='ent_telegram/']").count()).toBe(6);

  await page.getByRole("button", { name: t("part.weather"), exact: true }).click();
  await page.getByLabel(t("weather.token_expired")).check();
  await page.getByText(t("weather.changed")).waitFor();
  await page.getByRole("button", { name: t("weather.fine") }).click();
  await expect.poll(() => page.getByLabel(t("weather.token_expired")).isChecked()).toBe(false);

  await page.getByRole("button", { name: t("part.requests"), exact: true }).click();
  await page.getByLabel(t("requests.search")).fill("twilio new phone");
  const found = page.locator("section button[aria-expanded]", { hasText: "/in/twilio/ent_sms" });
  await found.first().click();
  await page.getByText("Body = Hello from a new phone").waitFor();
  expect(await page.content()).not.toContain("auth_token");
  await look(page, "simulator-request");
  expect(faults).toEqual([]);
});
