import { expect, it } from "vitest";
import { Agent } from "./agent";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("On break greys all but Ready to work; Work offline leaves every tool usable (PRE-02, PRE-12)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  const panel = amy.page.locator("[data-region=panel]");
  await amy.page.getByRole("heading", { level: 1, name: amy.t("status.on_break") }).waitFor();
  await expect.poll(() => panel.locator("[data-muted]").count()).toBe(1);
  await expect.poll(() => amy.button("status.action.ready").isEnabled()).toBe(true);

  await amy.button("status.action.work_offline", amy.page.getByRole("main")).click();
  await amy.status("work_offline").waitFor();
  await panel.locator("[data-muted]").waitFor({ state: "detached" });
  await look(amy.page, "agent-work-offline");
  await amy.page.goto(`${server.url}/agent/customers`);
  await amy.page.getByRole("link", { name: "Marie Tremblay" }).first().click();
  await amy.page.getByRole("heading", { name: "Marie Tremblay" }).first().waitFor();
  expect(amy.faults).toEqual([]);
});

it("a record comes up inside the app, and again after looking elsewhere (POP-01, POP-02, POP-06)", async () => {
  const { browser, server } = at;
  const bob = await Agent.signIn(browser, server.url, "bob");
  await bob.ready();
  let windows = 0;
  bob.page.on("popup", () => {
    windows += 1;
  });
  const marie = await Visitor.at(browser, server.url);
  await marie.page.locator("#account").selectOption("1001");
  await marie.open();
  await marie.begin({ question: "Is it on its way?" });
  await bob.offer.waitFor();
  await bob.accept();
  const record = bob.page.locator("[data-region=context]");
  await record.getByText("Marie Tremblay").first().waitFor();
  const there = bob.page.url();
  await bob.page.goto(`${server.url}/agent/cases`);
  await bob.page.getByRole("heading", { level: 1 }).first().waitFor();
  await bob.page.goto(there);
  await record.getByText("Marie Tremblay").first().waitFor();
  expect(windows).toBe(0);
  expect([...bob.faults, ...marie.faults]).toEqual([]);
});
