import { expect, it } from "vitest";
import { Agent } from "./agent";
import { until } from "./browser";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

interface Person {
  id: string;
  login: string;
}

const at = stage();

it("reject is refused with its reason, until an administrator permits it (F019, F020, F021, SEC-04, OFR-05, PRE-09)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Marie", question: "One" });
  await amy.offer.waitFor();
  await amy.offer.getByText(amy.t("error.reject_not_permitted")).waitFor();
  expect(await amy.button("agent.offer.reject", amy.offer).getAttribute("aria-disabled")).toBe("true");
  await amy.accept();
  await amy.end();
  await amy.dispose();
  await amy.finish();

  const ada = await Office.signIn(server.url, "ada");
  const { items } = await ada.get<{ items: Person[] }>("admin/agents");
  const person = items.find((p) => p.login === "amy")!;
  await ada.change(`admin/agents/${person.id}`, { may_reject: true });

  const bob = await Agent.signIn(browser, server.url, "bob");
  const second = await Visitor.at(browser, server.url);
  await second.open();
  await second.begin({ name: "Noah", question: "Two" });
  await amy.offer.waitFor();
  const reject = amy.button("agent.offer.reject", amy.offer);
  await until(async () => (await reject.getAttribute("aria-disabled")) !== "true");
  await bob.ready();
  await look(amy.page, "agent-offer-may-reject");
  await reject.click();
  await bob.offer.waitFor();
  await amy.status("on_break").waitFor();
  await amy.offer.waitFor({ state: "detached" });
  await bob.accept();
  await bob.hears("Two");
  expect([...amy.faults, ...bob.faults, ...visitor.faults, ...second.faults]).toEqual([]);
});
