import { expect, it } from "vitest";
import { Agent } from "./agent";
import { until } from "./browser";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

const at = stage();

it("the server is killed in the middle: both sides go on, nothing is lost or said twice (RES-05, R-01, R-55)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Marie", question: "customer 0" });
  await amy.offer.waitFor();
  await amy.accept();
  const mine = ["customer 0"];
  const theirs: string[] = [];
  const both = async (n: number) => {
    mine.push(`customer ${n}`);
    theirs.push(`agent ${n}`);
    await visitor.say(`customer ${n}`);
    await amy.say(`agent ${n}`);
  };
  for (let n = 1; n <= 3; n++) await both(n);
  await server.kill();
  for (let n = 4; n <= 6; n++) await both(n);
  await visitor.window.getByText(visitor.t("link.offline")).waitFor();
  await look(visitor.page, "widget-reconnecting");
  await look(amy.page, "agent-reconnecting");
  await server.up();
  await both(7);
  await visitor.hears("agent 7");
  await amy.hears("customer 7");
  await visitor.settled();
  await amy.settled();

  const of = (all: string[], who: string) => all.filter((text) => text.startsWith(who));
  const seen = await until(async () => {
    const log = await visitor.log();
    return log.length === mine.length + theirs.length && log;
  });
  expect(of(seen, "customer")).toEqual(mine);
  expect(of(seen, "agent")).toEqual(theirs);
  expect(await amy.said()).toEqual(seen);

  const sam = await Office.signIn(server.url, "sam");
  const path = new URL(amy.page.url()).pathname.split("/").at(-1);
  const kept = await sam.get<{ messages: { sender: string; text: string }[] }>(`interactions/${path}`);
  expect(kept.messages.filter((m) => m.sender !== "system").map((m) => m.text)).toEqual(seen);
  expect([...amy.faults, ...visitor.faults]).toEqual([]);
  await server.verify();
});
