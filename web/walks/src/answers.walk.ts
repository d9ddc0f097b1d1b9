import { Buffer } from "node:buffer";
import { expect, it } from "vitest";
import { Agent } from "./agent";
import { openTab } from "./browser";
import { look, stage } from "./stage";
import { ofApp } from "./words";

const at = stage();

/** A picture of one dot. */
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

it("an answer is a draft until it is published, its versions come back, and customers read what is in force (FAQ-01, FAQ-04, SUP-01)", async () => {
  const url = at.server.url;
  const { page, faults } = await openTab(at.browser, { locale: "fr-CA", colorScheme: "dark" });
  await page.goto(url);
  const ada = new Agent(page, faults, "fr-CA");
  await ada.enter("ada");
  await page.getByRole("button", { name: ada.t("header.account", { name: "Ada Okafor" }) }).click();
  await page.getByRole("menuitemradio", { name: ada.t("header.french") }).click();
  await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("fr-CA");
  const t = ofApp("fr-CA");
  const customer = await openTab(at.browser, { javaScriptEnabled: false });
  const reads = async (words: string) => {
    await customer.page.goto(`${url}/support/en?q=igloo`);
    return (await customer.page.getByRole("link", { name: words }).count()) > 0;
  };
  const press = (key: string) => page.getByRole("button", { name: t(key), exact: true }).click();
  const save = async () => {
    await press("action.save");
    await expect
      .poll(() => page.getByRole("button", { name: t("action.save"), exact: true }).isEnabled())
      .toBe(false);
  };
  const question = page.getByRole("textbox", { name: t("admin.faq.question") });
  const answer = page.getByRole("textbox", { name: t("admin.faq.answer") });

  await page.goto(`${url}/admin/faqs/new`);
  await page.getByRole("combobox", { name: t("admin.faq.category") }).click();
  await page.getByRole("option").first().click();
  await page.getByText(t("admin.language.en"), { exact: true }).click();
  await question.fill("Do you deliver to an igloo?");
  await answer.fill("Yes, **if** it has a door, {customer.first_name}. ");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "igloo.png", mimeType: "image/png", buffer: dot });
  await expect.poll(() => answer.inputValue()).toContain("![igloo](");
  await save();
  await page.getByText(t("admin.faq.isDraft")).waitFor();
  expect(await reads("Do you deliver to an igloo?")).toBe(false);
  await press("admin.faq.publish");
  await page
    .getByRole("status")
    .filter({ hasText: t("admin.faq.inForce", { n: 1 }) })
    .waitFor();
  await look(page, "admin-faq-fr-dark");
  expect(await reads("Do you deliver to an igloo?")).toBe(true);

  await question.fill("Do you deliver to every igloo?"); // it opened in the language it has
  await save();
  await page.getByText(t("admin.faq.isChanged", { n: 1 })).waitFor();
  expect(await reads("Do you deliver to every igloo?")).toBe(false);
  await press("admin.faq.publish");
  await page
    .getByRole("status")
    .filter({ hasText: t("admin.faq.inForce", { n: 2 }) })
    .waitFor();
  expect(await reads("Do you deliver to every igloo?")).toBe(true);

  await page.getByRole("button", { name: t("admin.faq.restoreVersion", { n: 1 }) }).click();
  await expect.poll(() => question.inputValue()).toBe("Do you deliver to an igloo?");
  await save();
  await press("admin.faq.publish");
  await page
    .getByRole("status")
    .filter({ hasText: t("admin.faq.inForce", { n: 3 }) })
    .waitFor();
  expect(await reads("Do you deliver to an igloo?")).toBe(true);
  await customer.page.getByRole("link", { name: "Do you deliver to an igloo?" }).click();
  const picture = customer.page.getByRole("img", { name: "igloo" });
  const kept = await fetch(new URL((await picture.getAttribute("src")) ?? "", url));
  expect([kept.status, kept.headers.get("content-type")]).toEqual([200, "image/png"]);
  await press("admin.faq.withdraw");
  await page.getByText(t("admin.faq.isDraft")).waitFor();
  expect(await reads("Do you deliver to an igloo?")).toBe(false);
  expect(faults).toEqual([]);
});
