import { expect, it } from "vitest";
import { Agent } from "./agent";
import { wide } from "./browser";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("F053: six customers are served at once, and the seventh waits until one is done (CAP-01, CAP-02, QUE-06)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const visitors: Visitor[] = [];
  for (let n = 1; n <= 6; n++) {
    const visitor = await Visitor.at(browser, server.url);
    await visitor.open();
    await visitor.begin({ name: `Customer ${n}`, question: `Question ${n}` });
    await amy.offer.waitFor();
    if (n === 2) await uncovered(amy);
    await amy.accept();
    await amy.has(n);
    visitors.push(visitor);
  }
  const seventh = await Visitor.at(browser, server.url);
  await seventh.open();
  await seventh.begin({ name: "Customer 7", question: "Question 7" });
  await seventh.window.getByText(seventh.t("wait.position", { n: 1 })).waitFor();
  await seventh.say("I can wait.");
  await seventh.settled();
  await look(amy.page, "agent-six");
  await look(seventh.page, "widget-position");
  expect(await amy.offer.count()).toBe(0);
  await amy.has(6);

  await amy.rows.first().click();
  await amy.hears("Question 1");
  await amy.end();
  await amy.dispose();
  await amy.finish();
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("I can wait.");
  await seventh.window.getByText(seventh.t("system.agent_joined", { name: "Amy Chen" })).waitFor();
  await amy.has(6);
  for (const visitor of [...visitors, seventh]) expect(visitor.faults).toEqual([]);
  expect(amy.faults).toEqual([]);
});

/** uncovered checks that an offer leaves the composer of an open conversation and its record free (ux 6.2, POP-02). */
async function uncovered(agent: Agent): Promise<void> {
  await agent.page.locator("[data-region=context]").getByText("Customer 1").first().waitFor();
  expect(await agent.page.locator("[data-region=preview]").count(), "POP-02: no preview by itself").toBe(0);
  for (const width of [wide.width, 1024, 900]) {
    await agent.page.setViewportSize({ ...wide, width });
    const top = () =>
      agent.composer.evaluate((field) => {
        const box = field.getBoundingClientRect();
        return document.elementFromPoint(box.right - 3, box.top + 9) === field;
      });
    await expect.poll(top, { message: `ux 6.2: the composer's end at ${width} px` }).toBe(true);
  }
  await agent.page.setViewportSize(wide);
}
