import { expect, it } from "vitest";
import { Agent } from "./agent";
import { until, watch } from "./browser";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("a visitor's reload and second tab show the same conversation (WEB-07, UX-64, E18)", async () => {
  const { browser, server } = at;
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Noah", question: "the same" });
  await visitor.say("in both");
  await visitor.settled();
  await visitor.page.reload();
  await visitor.window.getByRole("dialog").waitFor(); // it was open, and is again; the focus stays on the page
  await visitor.hears("in both");
  expect(await visitor.page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  const page = await visitor.page.context().newPage();
  await page.goto(`${server.url}/demo/shop`);
  await page.locator("button[aria-expanded]").last().click();
  const other = page.frameLocator("iframe");
  await other.getByRole("log").getByText("in both", { exact: true }).waitFor();
  await other.getByLabel(visitor.t("composer.label"), { exact: true }).fill("from the second tab");
  await other.getByLabel(visitor.t("composer.label"), { exact: true }).press("Enter");
  await visitor.hears("from the second tab");
  await visitor.settled();
  await expect.poll(() => visitor.log()).toEqual(["the same", "in both", "from the second tab"]);
  await page.close();
  await visitor.window.getByRole("button", { name: visitor.t("end.open"), exact: true }).click();
  await visitor.window.getByRole("button", { name: visitor.t("end.yes"), exact: true }).click();
  await visitor.window.getByRole("heading", { name: visitor.t("ended") }).waitFor();
  expect(visitor.faults).toEqual([]);
});

it("an agent's lost link is told to the customer, and nothing of it is lost (RES-01, E15)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Marie", question: "Are you there?" });
  await amy.offer.waitFor();
  await amy.accept();
  await amy.composer.fill("half a sent");
  const context = amy.page.context();
  await until(async () =>
    (await amy.page.evaluate(() => JSON.stringify(localStorage))).includes("half a sent"),
  );
  await amy.page.close();

  const away = visitor.window.getByText(visitor.t("agent.away", { name: "Amy Chen" }));
  await away.waitFor();
  await visitor.say("I wait for you.");
  await visitor.settled();
  await look(visitor.page, "widget-agent-away");

  const { page, faults } = watch(await context.newPage());
  const back = new Agent(page, faults);
  await page.goto(server.url);
  await back.status("busy").waitFor();
  await back.rows.first().click();
  await back.hears("I wait for you.");
  await until(async () => (await back.composer.inputValue()) === "half a sent");
  await away.waitFor({ state: "hidden" });
  await back.say("Back again.");
  await visitor.hears("Back again.");
  expect([...faults, ...visitor.faults]).toEqual([]);
});

it("5,000 characters fit, the counter says so, and one more cannot be sent (CNV-03, CNV-04)", async () => {
  const { browser, server } = at;
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Zoe", question: "Long?" });
  const fits = "\u{1f9e6}".repeat(5_000); // a sock each: one code point, two UTF-16 units
  await visitor.composer.fill(`${fits}!`);
  await visitor.window.getByText(visitor.t("count.over_one", { n: 1 })).waitFor();
  await visitor.composer.press("Enter");
  expect(await visitor.composer.inputValue()).toBe(`${fits}!`);
  await look(visitor.page, "widget-too-long");
  await visitor.composer.fill(fits);
  await visitor.window.getByText(visitor.t("count.left", { n: 5_000, limit: 5_000 })).waitFor();
  await visitor.composer.press("Enter");
  await visitor.settled();
  await until(async () => (await visitor.log()).at(-1) === fits);
  expect(visitor.faults).toEqual([]);
});
