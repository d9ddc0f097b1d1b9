import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow, openTab } from "./browser";
import { Office } from "./office";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";
import { ofWidget } from "./words";

const at = stage();

/** chosenOf is what a field or the parts of a choice say. */
const chosenOf = (e: Element) =>
  `${(e as HTMLInputElement).value ?? ""} ${e.parentElement?.textContent ?? ""}`;

it("an answer is found with a slip or by category, inserted, changed and sent; a reply with a hole is not; a macro sets its code and adds its note (F030, FAQ-02, FAQ-06, UX-19)", async () => {
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

  const beside = amy.page.locator("[data-region=context]");
  await beside.getByRole("tab", { name: amy.t("agent.context.faq") }).click();
  await beside.getByRole("combobox", { name: amy.t("agent.faq.category") }).click();
  await amy.page.getByRole("option", { name: "Orders and returns", exact: true }).click();
  const title = "When do I get my refund?";
  await beside.getByText("How do I change my password?").waitFor({ state: "detached" });
  await beside.getByText(title).click(); // opened to be read
  await beside
    .getByText(/^We refund within two working days/)
    .first()
    .waitFor();
  await look(amy.page, "agent-faq");
  await beside.getByRole("button", { name: amy.t("agent.faq.insertOne", { title }) }).click();
  await expect.poll(() => amy.composer.inputValue()).toMatch(/^We refund within two working days/);
  await amy.composer.press("End");
  await amy.composer.press("Control+End");
  await amy.page.keyboard.type(" Amy");
  const changed = await amy.composer.inputValue();
  await amy.page.keyboard.press("Enter");
  await visitor.window
    .getByRole("log")
    .getByText(changed.split("\n").at(-1) ?? "")
    .last()
    .waitFor();

  await amy.composer.focus();
  await amy.page.keyboard.press("/");
  await find.fill("/case");
  await amy.page.getByRole("option", { name: /\/case/, selected: true }).waitFor();
  await amy.page.keyboard.press("Enter");
  const hole = amy.t("agent.faq.hole", { hole: "{case.number}" });
  await amy.page.locator("#composer-count", { hasText: hole }).waitFor();
  expect(await amy.button("agent.composer.send").isDisabled()).toBe(true);
  await amy.composer.fill("");

  await amy.composer.focus();
  await amy.page.keyboard.press("/");
  await find.fill("/refund"); // a macro: its words, its code, its note
  await amy.page.getByRole("option", { name: /\/refund/, selected: true }).waitFor();
  await amy.page.keyboard.press("Enter");
  await expect.poll(() => amy.composer.inputValue()).toMatch(/^I have begun your refund/);
  await amy.hears("Refund begun; told the customer three to five working days.");
  await amy.page.keyboard.press("Enter");
  await visitor.window
    .getByRole("log")
    .getByText(/^I have begun your refund/)
    .waitFor();
  expect([...amy.faults, ...visitor.faults]).toEqual([]);
  await amy.end();
  await expect.poll(() => amy.wrapUp.locator("[data-list]").first().evaluate(chosenOf)).toMatch(/Resolved/);
  await amy.finish();
  await amy.page.context().close();
  const ada = await Office.signIn(at.server.url, "ada");
  const { items } = await ada.get<{ items: { name: string; uses: number }[] }>("admin/canned-replies");
  const uses = new Map(items.map((c) => [c.name, c.uses]));
  expect([uses.get("Refund begun"), uses.get("Your case"), uses.get("Greeting")]).toEqual([1, 1, 0]);
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

it("the Support Center shows the means that were ticked, answers without a script, a chat of 500, and a form that asks for consent (F106, F107, SUP-01, SUP-02)", async () => {
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
  for (const [name, value] of Object.entries({ name: "Vera", email: "vera@example.com", question: "Hi" })) {
    const field = frame.locator(`[name=${name}]`);
    if (await field.count()) await field.fill(value);
  }
  const words = ofWidget("en");
  await frame.locator("[name=question]").fill("z".repeat(501));
  await frame.getByText(words("count.over_one", { n: 1 })).waitFor();
  await frame.locator("[name=question]").fill("Hi");
  await frame.locator("form button[type=submit]").click();
  const composer = frame.getByLabel(words("composer.label"), { exact: true });
  await composer.fill("Short.");
  await frame.getByText(words("count.left", { n: 6, limit: 500 })).waitFor();
  await composer.fill("x".repeat(501));
  await frame.getByText(words("count.over_one", { n: 1 })).waitFor();
  await composer.press("Enter");
  expect(await composer.inputValue()).toBe("x".repeat(501));
  await composer.fill("y".repeat(500));
  await frame.getByText(words("count.left", { n: 500, limit: 500 })).waitFor();
  await composer.press("Enter");
  await frame.getByRole("log").getByText("y".repeat(500)).waitFor();
  expect(await frame.getByRole("log").getByText(/^x+$/).count()).toBe(0);
  expect(faults).toEqual([]);

  const ada = await Office.signIn(server.url, "ada", true);
  const means = () =>
    page.locator("[data-means]").evaluateAll((all) => all.map((a) => a.getAttribute("data-means")));
  await ada.change("admin/support-page", { chat: false, sharing: false });
  await page.goto(`${server.url}/support/en`);
  expect(await means()).toEqual(["faqs", "email"]);
  expect((await page.goto(`${server.url}/support/en/chat`))?.status()).toBe(404);
  await ada.change("admin/support-page", { chat: true, email: false });
  await page.goto(`${server.url}/support/en`);
  expect(await means()).toEqual(["faqs", "chat"]);
  await ada.change("admin/support-page", { email: true, sharing: true });

  const plain = await openTab(browser, { javaScriptEnabled: false });
  await plain.page.goto(`${server.url}/support/en/chat`);
  await plain.page.getByRole("link", { name: "E-mail" }).waitFor();
  expect(await plain.page.locator("iframe").isVisible()).toBe(false);

  const entry = "admin/entry-points/ent_support";
  const { script } = await ada.get<{ script: Record<string, unknown> }>(entry);
  await ada.change(entry, { script: { ...script, consent: { en: "I agree.", fr: "J\u2019accepte." } } });
  const dark = await openTab(browser, { colorScheme: "dark", viewport: narrow });
  await dark.page.goto(`${server.url}/support/fr`);
  await look(dark.page, "support-center-fr-dark-phone");
  await dark.page.goto(`${server.url}/support/fr/contact`);
  await dark.page.getByLabel("Votre adresse de courriel").fill("vera@example.com");
  await dark.page.getByLabel("Votre message").fill("Mon colis est mouill\u00e9.");
  await dark.page.getByRole("button", { name: "Envoyer" }).click();
  await dark.page.getByText("Veuillez d\u2019abord cocher cette case.").waitFor();
  await look(dark.page, "support-contact-consent-fr-dark-phone");
  await dark.page.getByRole("checkbox", { name: "J\u2019accepte." }).check();
  await dark.page.getByRole("button", { name: "Envoyer" }).click();
  await dark.page.getByText("Votre message est arriv\u00e9.").waitFor();
  expect(dark.faults).toEqual([]);
});
