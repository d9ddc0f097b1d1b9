import { expect, it } from "vitest";
import { Agent } from "./agent";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("a menu asks in the window: a button answers, and so do words; the queue is the option's (SCR-02)", async () => {
  const office = await Office.signIn(at.server.url, "ada", true);
  const { items } = await office.get<{ items: { id: string; name: string }[] }>("admin/queues");
  const queue = (name: string) => items.find((q) => q.name === name)!.id;
  const flow = {
    start: "Menu",
    objects: [
      {
        label: "Menu",
        kind: "menu",
        text: { en: "What is it about?", fr: "De quoi s'agit-il?" },
        options: [
          { text: { en: "Buying", fr: "Achat" }, words: ["buy"] },
          { text: { en: "Something else", fr: "Autre chose" } },
        ],
        wait: 600,
        tries: 3,
        exits: { 1: "Sales", 2: "Support", invalid: "Support", no_answer: "Support" },
      },
      { label: "Sales", kind: "forward", queue: queue("Sales") },
      { label: "Support", kind: "forward", queue: queue("Support") },
    ],
  };
  const made = await office.post<{ id: string }>("admin/scripts", {
    name: "By topic",
    kind: "chat",
    draft: flow,
  });
  const { rev } = await office.get<{ rev: number }>(`admin/scripts/${made.id}`);
  await office.put(`admin/scripts/${made.id}/publication`, { why: "A menu", rev });
  await office.put(`admin/scripts/${made.id}/entry-points`, { entry_points: ["ent_demo"] });
  const amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready();
  const asked = (visitor: Visitor, what: string) => visitor.window.getByRole("log").getByText(what).waitFor();
  const serves = async (marie: Visitor, queueName: string) => {
    await amy.offer.waitFor();
    await amy.offer.getByText(queueName).first().waitFor();
    await amy.accept();
    await amy.say("With pleasure.");
    await marie.hears("With pleasure.");
  };

  const marie = await Visitor.at(at.browser, at.server.url);
  await marie.open();
  await marie.begin({ name: "Marie", question: "Hello" });
  await asked(marie, "What is it about?");
  const choices = marie.window.getByRole("group", { name: marie.t("chat.choices") });
  const line = marie.window.getByRole("region", { name: marie.t("state.waiting") });
  expect(await line.count()).toBe(0); // nobody waits while a menu asks
  await look(marie.page, "widget-menu");
  await choices.getByRole("button", { name: "Buying" }).click();
  await marie.hears("Buying");
  await choices.waitFor({ state: "detached" });
  await line.waitFor();
  await serves(marie, "Sales");

  const zoe = await Visitor.at(at.browser, at.server.url, "fr-CA");
  await zoe.open();
  await zoe.begin({ name: "Zo\u00e9", question: "Bonjour" });
  await asked(zoe, "De quoi s'agit-il?");
  await zoe.say("2");
  await serves(zoe, "Support");
  expect([...amy.faults, ...marie.faults, ...zoe.faults]).toEqual([]);
});
