import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow } from "./browser";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("in Canadian French, in the dark, on a phone (LOC-01, LOC-02, UX-67)", async () => {
  const { browser, server } = at;
  const bob = await Agent.signIn(browser, server.url, "bob", "fr-CA", { colorScheme: "dark" });
  expect(await bob.page.locator("html").getAttribute("lang")).toBe("fr-CA");
  await bob.ready();
  const chloe = await Visitor.at(browser, server.url, "fr-CA", { colorScheme: "dark", viewport: narrow });
  await look(chloe.page, "shop-fr-dark-phone");
  await chloe.open();
  await look(chloe.page, "widget-form-fr-dark-phone");
  await chloe.begin({ name: "Chlo\u00e9 Gagnon", question: "O\u00f9 est ma couverture?" });
  await bob.offer.waitFor();
  await look(bob.page, "agent-offer-fr-dark");
  await bob.accept();
  await bob.say("Je regarde \u00e7a tout de suite.");
  await chloe.hears("Je regarde \u00e7a tout de suite.");
  await look(chloe.page, "widget-chatting-fr-dark-phone");
  await look(bob.page, "agent-conversation-fr-dark");
  await bob.end();
  await chloe.window.getByRole("heading", { name: chloe.t("ended") }).waitFor();
  await expect.poll(() => chloe.window.locator("html").getAttribute("lang")).toBe("fr-CA");
  await bob.dispose();
  await look(bob.page, "agent-wrap-up-fr-dark");
  await bob.finish();
  expect([...bob.faults, ...chloe.faults]).toEqual([]);
});
