import { expect, it } from "vitest";
import { Agent } from "./agent";
import { until } from "./browser";
import { Control } from "./control";
import { look, stage } from "./stage";

const at = stage();
const control = new Control(at);
const page = "ent_messenger";

it("on Messenger a day later a person may still answer, marked as one; a week later nobody, and the reason is said (SOC-07, R-40, R-46)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();

  // Jose wrote 25 hours ago; the network only brings it now. It says so, and the free window is over.
  const jose = "6328923457821345";
  await control.late(page, jose, "Is the blue one in stock?", 25);
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("Is the blue one in stock?");
  await amy.log.getByText(amy.t("talk.late", { when: "" }).trim()).waitFor();
  const notice = amy.t("agent.window.human", { until: "" }).replace(/\W+$/, "");
  await amy.page.getByText(notice).waitFor();
  await look(amy.page, "agent-window-human");
  await amy.say("It is.");
  await amy.log.locator("article[data-sender=agent] [role=img][data-state=read]").last().waitFor();
  expect(await control.heard(page, jose)).toEqual(["It is."]);
  const sent = (await control.calls(page, "/messages")).map((body) => JSON.parse(body));
  const spoken = sent.filter((m) => m.message?.text === "It is.");
  expect(spoken.map((m) => [m.messaging_type, m.tag])).toEqual([["MESSAGE_TAG", "HUMAN_AGENT"]]);

  // The network refuses it all the same: the agent reads why, and the words are not lost.
  await control.fails(page, jose, { code: "10", subcode: "2018278" });
  await amy.say("Shall I keep one for you?");
  const refused = amy.log.locator("article", { hasText: "Shall I keep one for you?" });
  await refused.getByText(amy.t("talk.reason.window_closed")).waitFor();
  await amy.composer.waitFor({ state: "detached" }); // the network's word counts: nothing more would arrive
  await look(amy.page, "agent-window-refused");
  await control.late(page, jose, "Yes, please", 0); // and their own opens it again
  await amy.composer.waitFor();
  await amy.button("agent.send.retry", refused).click();
  await until(async () => (await control.heard(page, jose)).length === 2);
  await refused.locator("[data-state=failed]").waitFor({ state: "detached" });
  await amy.end();
  await amy.dispose();
  await amy.finish();

  // Zoe wrote more than a week ago: nobody may answer, and there is no field to try in.
  const zoe = "5328923457821345";
  await control.late(page, zoe, "Hello?", 7 * 24 + 6);
  await amy.offer.waitFor();
  const id = await amy.offer.getAttribute("data-offer");
  await amy.button("agent.offer.accept", amy.offer).click();
  await amy.page.locator(`[data-offer="${id}"]`).waitFor({ state: "detached" });
  await amy.page.getByText(amy.t("agent.window.noTemplates")).waitFor();
  expect(await amy.composer.count()).toBe(0);
  await look(amy.page, "agent-window-shut");

  // She writes again, and the field is back.
  await control.late(page, zoe, "Still there?", 0);
  await amy.composer.waitFor();
  await amy.say("We are.");
  await until(async () => (await control.heard(page, zoe)).includes("We are."));
  expect(amy.faults).toEqual([]);
});
