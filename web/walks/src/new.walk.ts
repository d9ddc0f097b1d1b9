import { expect, it } from "vitest";
import { Agent } from "./agent";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("somebody new is served: the form opens filled, saving makes the customer and links the chat, which ends in their case (F028, POP-03, CRM-02, CRM-10)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({
    name: "Tobias Winter",
    email: "tobias.winter@example.com",
    question: "Do you ship to Iqaluit?",
  });
  await amy.offer.getByText(amy.t("agent.match.new")).waitFor();
  await amy.accept();
  await amy.hears("Do you ship to Iqaluit?");

  const form = amy.page.getByRole("form", { name: amy.t("agent.record.new") });
  const create = amy.button("agent.match.create");
  await form.or(create).first().waitFor();
  if (!(await form.isVisible())) await create.click();
  await form.waitFor();
  await expect.poll(() => form.getByLabel(amy.t("agent.record.first_name")).inputValue()).toBe("Tobias");
  await expect.poll(() => form.getByLabel(amy.t("agent.record.last_name")).inputValue()).toBe("Winter");
  await expect
    .poll(() => form.getByLabel(amy.t("agent.record.email")).inputValue())
    .toBe("tobias.winter@example.com");
  await look(amy.page, "agent-new-customer");
  const phone = form.getByLabel(amy.t("agent.record.phone"));
  await phone.fill("+1 867 555 0123");
  await amy.page.getByRole("tab", { name: amy.t("agent.context.faq") }).click(); // a look elsewhere loses nothing
  await form.waitFor({ state: "detached" });
  await amy.page.getByRole("tab", { name: amy.t("agent.context.customer") }).click();
  await expect.poll(() => phone.inputValue()).toBe("+1 867 555 0123");
  await form.getByRole("button", { name: amy.t("action.save"), exact: true }).click();
  await amy.page.getByRole("link", { name: "Tobias Winter" }).first().waitFor();

  await amy.say("We do.");
  await visitor.hears("We do.");
  await amy.end();
  await amy.dispose();
  await amy.saveCase();
  await amy.finish();

  const sam = await Office.signIn(server.url, "sam");
  const people = await sam.get<{ items: { id: string }[] }>("customers?q=winter");
  expect(people.items.length).toBe(1);
  const cases = await sam.get<{ items: { draft: boolean }[] }>(`customers/${people.items[0]!.id}/cases`);
  expect(cases.items.length).toBe(1);
  expect([...amy.faults, ...visitor.faults]).toEqual([]);
});
