import { expect, it } from "vitest";
import { Agent } from "./agent";
import { until } from "./browser";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("an offer nobody answers goes to the next agent, in its place, and the first is on break (F022, OFR-06, OFR-07, PRE-09)", async () => {
  const { browser, server } = at;
  const ada = await Office.signIn(server.url, "ada");
  const { items } = await ada.get<{ items: { id: string }[] }>("admin/queues");
  const patience = async (accept_interval_s: number) => {
    for (const { id } of items) await ada.change(`admin/queues/${id}`, { accept_interval_s });
  };
  await patience(5);
  const amy = await Agent.signIn(browser, server.url, "amy");
  const bob = await Agent.signIn(browser, server.url, "bob");
  await amy.ready();
  await bob.ready();

  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Marie", question: "Anybody there?" });
  const first = await until(async () => {
    if (await amy.offer.count()) return { missed: amy, next: bob };
    if (await bob.offer.count()) return { missed: bob, next: amy };
    return null;
  });
  await patience(60); // the next one answers, however slow this machine is
  await first.next.offer.waitFor();
  await first.missed.offer.waitFor({ state: "detached" });
  await first.missed.status("on_break").waitFor();
  await look(first.missed.page, "agent-missed");
  await visitor.window.getByText(visitor.t("state.waiting")).first().waitFor();
  await first.next.accept();
  await first.next.say("Here I am.");
  await visitor.hears("Here I am.");
  expect([...amy.faults, ...bob.faults, ...visitor.faults]).toEqual([]);
});
