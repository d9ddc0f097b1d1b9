import { expect, it } from "vitest";
import { Agent } from "./agent";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("amy hands a customer to bob by name, with a note the customer never sees (XFR-01, XFR-05, XFR-08)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Marie", question: "En fran\u00e7ais, s'il vous pla\u00eet." });
  await amy.offer.waitFor();
  await amy.accept();
  const bob = await Agent.signIn(browser, server.url, "bob");
  await bob.ready();

  await amy.button("agent.transfer.action").click();
  const dialog = amy.page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /Bob Tremblay/ }).click();
  await dialog.getByLabel(amy.t("agent.transfer.note")).fill("She prefers French.");
  await look(amy.page, "agent-transfer");
  await amy.button("agent.transfer.action", dialog).click();
  await amy.page
    .getByText(amy.t("agent.transfer.pending", { name: "Bob Tremblay" }))
    .last()
    .waitFor();
  await visitor.say("Encore l\u00e0?");
  await amy.hears("Encore l\u00e0?");

  await bob.offer.waitFor();
  await bob.accept();
  await bob.hears("Encore l\u00e0?");
  await bob.page.getByText("She prefers French.").first().waitFor();
  await visitor.window.getByText(visitor.t("system.agent_joined", { name: "Bob Tremblay" })).waitFor();
  await bob.say("Bonjour!");
  await visitor.hears("Bonjour!");
  expect(await visitor.window.getByText("She prefers French.").count()).toBe(0);
  await amy.wrapUp.waitFor();
  await amy.dispose();
  await amy.finish();
  expect([...amy.faults, ...bob.faults, ...visitor.faults]).toEqual([]);
});
