import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow, openTab } from "./browser";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("an answer is found with a slip, by keys alone, inserted, changed and sent; a reply with a hole is not (F030, FAQ-02, UX-19)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Vera Roy", question: "When is my money back?" });
  await amy.offer.waitFor();
  await amy.accept();

  await amy.composer.focus();
  await amy.page.keyboard.press("/");
  const find = amy.page.getByRole("combobox", { name: amy.t("agent.faq.find") });
  await find.fill("refnd");
  await amy.page.getByRole("option", { name: /When do I get my refund/ }).waitFor();
  await find.fill("/thanks");
  await amy.page.getByRole("option", { name: /\/thanks/, selected: true }).waitFor();
  await amy.page.keyboard.press("Enter");
  await expect.poll(() => amy.composer.inputValue()).toContain("Thank you for writing to us, Vera.");
  await amy.page.keyboard.type(" Amy");
  await amy.page.keyboard.press("Enter");
  await visitor.hears("Thank you for writing to us, Vera. Have a good day! Amy");
  expect([...amy.faults, ...visitor.faults]).toEqual([]);
  await amy.end();
  await amy.dispose();
  await amy.finish();
  await amy.page.context().close();
});

it("by SMS an answer with a picture is greyed out with the reason, a text goes in (F062, FAQ-05)", async () => {
  const bob = await Agent.signIn(at.browser, at.server.url, "bob");
  await bob.ready();
  const simulator = await Simulator.at(at.browser, at.server.url);
  const phone = await simulator.take(phones.sms);
  await phone.say("Do you wrap gifts?");
  await bob.offer.waitFor();
  await bob.accept();
  await bob.composer.focus();
  await bob.page.keyboard.press("/");
  await bob.page.getByRole("combobox", { name: bob.t("agent.faq.find") }).fill("gift-wrap");
  const barred = bob.page.getByRole("option", { name: /Do you gift-wrap/ });
  await barred.waitFor();
  expect(await barred.getAttribute("aria-disabled")).toBe("true");
  await bob.page.keyboard.press("Enter");
  expect(await bob.composer.inputValue()).toBe("");
  await bob.page.getByRole("combobox", { name: bob.t("agent.faq.find") }).fill("when refund");
  await bob.page.getByRole("option", { name: /When do I get my refund/ }).waitFor();
  await bob.page.keyboard.press("Enter");
  await expect.poll(() => bob.composer.inputValue()).toContain("We refund within two working days");
  expect(bob.faults).toEqual([]);
  await bob.page.context().close();
});

it("the Support Center shows the means that were ticked, answers without a script, and a chat of 500 (F106, F107, SUP-01, SUP-02)", async () => {
  const { browser, server } = at;
  const { page, faults } = await openTab(browser);
  await page.goto(`${server.url}/support/en`);
  await look(page, "support-center");
  expect(await page.locator("[data-means]").count()).toBe(4);
  await page.getByRole("searchbox").fill("passwrod");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: /How do I change my password/ }).click();
  await page.getByRole("heading", { level: 1, name: "How do I change my password?" }).waitFor();
  expect(await page.locator("article ol > li").count()).toBe(3);
  await page.goto(`${server.url}/support/en/chat`);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("textbox").first().waitFor();
  await look(page, "support-center-chat");
  expect(faults).toEqual([]);

  const dark = await openTab(browser, { colorScheme: "dark", viewport: narrow });
  await dark.page.goto(`${server.url}/support/fr`);
  await look(dark.page, "support-center-fr-dark-phone");
  await dark.page.goto(`${server.url}/support/fr/contact`);
  await dark.page.getByLabel("Votre adresse de courriel").fill("vera@example.com");
  await dark.page.getByLabel("Votre message").fill("Mon colis est mouill\u00e9.");
  await dark.page.getByRole("button", { name: "Envoyer" }).click();
  await dark.page.getByText("Votre message est arriv\u00e9.").waitFor();
  expect(dark.faults).toEqual([]);
});
