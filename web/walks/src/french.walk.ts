import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow } from "./browser";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("in Canadian French, in the dark, on a phone (LOC-01, LOC-02, UX-67)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy", "fr-CA", { colorScheme: "dark" });
  await amy.page.keyboard.press("Escape");
  await french(amy);
  await amy.ready();
  const chloe = await Visitor.at(browser, server.url, "fr-CA", { colorScheme: "dark", viewport: narrow });
  await look(chloe.page, "shop-fr-dark-phone");
  await chloe.open();
  await look(chloe.page, "widget-form-fr-dark-phone");
  await chloe.begin({ name: "Chlo\u00e9 Gagnon", question: "O\u00f9 est ma couverture?" });
  await amy.offer.waitFor();
  await look(amy.page, "agent-offer-fr-dark");
  await amy.accept();
  await amy.say("Je regarde \u00e7a tout de suite.");
  await chloe.hears("Je regarde \u00e7a tout de suite.");
  await look(chloe.page, "widget-chatting-fr-dark-phone");
  await look(amy.page, "agent-conversation-fr-dark");
  await amy.end();
  await chloe.window.getByRole("heading", { name: chloe.t("ended") }).waitFor();
  expect(await chloe.window.locator("html").getAttribute("lang")).toBe("fr-CA");
  await amy.dispose();
  await look(amy.page, "agent-wrap-up-fr-dark");
  await amy.finish();
  expect([...amy.faults, ...chloe.faults]).toEqual([]);

  /** french makes the workspace speak French, if her account speaks English. */
  async function french(agent: Agent): Promise<void> {
    if ((await agent.page.locator("html").getAttribute("lang")) === "fr-CA") return;
    await agent.page.getByRole("banner").getByRole("button", { name: /Amy/ }).click();
    await agent.page.getByRole("menuitem", { name: agent.t("header.french") }).click();
    await agent.page.locator("html[lang=fr-CA]").waitFor();
    await agent.page.keyboard.press("Escape");
  }
});
