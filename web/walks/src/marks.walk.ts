import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow } from "./browser";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("an answer goes out with its marks, its transcript as a PDF without a case, and a deleted task comes back (FAQ-04, CRM-14, CRM-04)", async () => {
  const { browser, server } = at;
  const ada = await Office.signIn(server.url, "ada");
  const set = (key: string, value: boolean) =>
    ada.put("admin/settings", { values: [{ scope: "tenant", scope_id: "", key, value }] });
  await set("faq.send_html", true);
  await set("autolog.enabled", false);
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const visitor = await Visitor.at(browser, server.url, "en", { colorScheme: "dark", viewport: narrow });
  await visitor.open();
  await visitor.begin({ name: "Vera Roy", question: "Do you wrap gifts?" });
  await amy.offer.waitFor();
  await amy.accept();
  await amy.composer.focus();
  await amy.page.keyboard.press("/");
  await amy.page.getByRole("combobox", { name: amy.t("agent.faq.find") }).fill("gift-wrap");
  await amy.page.getByRole("option", { name: /Do you gift-wrap/ }).waitFor();
  await amy.page.keyboard.press("Enter");
  await expect.poll(() => amy.composer.inputValue()).toContain("**Gift wrap**");
  await amy.page.keyboard.type(" See [our page](https://shop.example/gifts), it is **free**.");
  await amy.page.keyboard.press("Enter");
  const said = visitor.window.getByRole("log");
  await said.getByRole("link", { name: "our page" }).waitFor();
  await said.locator("strong", { hasText: "Gift wrap" }).waitFor();
  said.locator("strong", { hasText: "free" }).waitFor();
  await look(visitor.page, "answer-with-marks-dark-phone");
  await amy.settled();
  await amy.log.locator("strong", { hasText: "free" }).waitFor();
  const id = amy.page.url().split("/").pop()!.split("?")[0]!;
  await amy.end();
  await amy.dispose();
  await amy.finish();

  await amy.page.goto(`${server.url}/agent/interactions/${id}`);
  const paper = amy.page.getByRole("link", { name: amy.t("cases.pdf") });
  await paper.waitFor();
  const response = await amy.page.request.get(new URL((await paper.getAttribute("href"))!, server.url).href);
  expect((await response.body()).subarray(0, 5).toString()).toBe("%PDF-");
  const mail = amy.page.getByRole("button", { name: amy.t("cases.mail.action") });
  await mail.focus();
  const reason = amy.page.locator('[role="tooltip"]', { hasText: amy.t("cases.followUps.noCustomer") });
  await reason.waitFor();
  expect(await mail.isDisabled()).toBe(true);
  await mail.blur();
  await reason.waitFor({ state: "detached" });
  await look(amy.page, "interaction-page");

  await amy.page.goto(`${server.url}/agent/tasks/new`);
  await amy.page.getByLabel(amy.t("cases.task.subject")).fill("Call Vera back");
  await amy.page.getByRole("button", { name: amy.t("action.save"), exact: true }).click();
  await amy.page.getByRole("link", { name: "Call Vera back" }).click();
  await amy.page.getByRole("button", { name: amy.t("action.delete"), exact: true }).click();
  await amy.page
    .getByRole("dialog")
    .getByRole("button", { name: amy.t("cases.task.remove") })
    .click();
  await amy.page.getByRole("button", { name: amy.t("cases.task.undo"), exact: true }).click();
  await amy.page.getByRole("link", { name: "Call Vera back" }).waitFor();
  expect([...amy.faults, ...visitor.faults]).toEqual([]);
});
