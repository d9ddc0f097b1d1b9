import { expect, it, onTestFinished } from "vitest";
import { Agent } from "./agent";
import { until } from "./browser";
import { Office } from "./office";
import { Server } from "./server";
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

it("the server is killed amid six conversations: every screen of agent, customers and supervisor comes back by itself (RES-05, R-55)", async () => {
  const { browser } = at;
  const server = await Server.start();
  onTestFinished(() => server.stop());
  const bob = await Agent.signIn(browser, server.url, "bob", "fr-CA", { colorScheme: "dark" });
  const sam = await Agent.signIn(browser, server.url, "sam");
  await sam.page.goto(`${server.url}/supervisor`);
  const row = sam.page.getByRole("row", { name: /Bob Tremblay/ });
  const held = (n: number) => row.getByText(`${n}/6`).first().waitFor();
  await bob.ready();
  const visitors: Visitor[] = [];
  for (let n = 1; n <= 6; n++) {
    const visitor = await Visitor.at(browser, server.url);
    await visitor.open();
    await visitor.begin({ name: `Customer ${n}`, question: `Question ${n}` });
    await bob.offer.waitFor();
    await bob.accept();
    await bob.has(n);
    visitors.push(visitor);
  }
  await held(6);
  await server.kill();
  for (const [n, visitor] of visitors.entries()) {
    await visitor.window.getByText(visitor.t("link.reconnecting")).waitFor();
    await visitor.say(`Still there ${n + 1}`);
    await visitor.window.getByText(visitor.t("link.offline")).waitFor();
  }
  await bob.say("Toujours l\u00e0.");
  await look(bob.page, "agent-six-cut-off");
  await look(sam.page, "supervisor-cut-off");
  await server.up();
  for (const [n, visitor] of visitors.entries()) {
    await visitor.settled();
    await visitor.window.getByText(visitor.t("link.offline")).waitFor({ state: "detached" });
    await bob.rows.nth(n).click();
    await bob.hears(`Still there ${n + 1}`);
    await bob.say(`Back ${n + 1}`);
    await visitor.hears(`Back ${n + 1}`);
    expect((await visitor.log()).filter((text) => text.startsWith("Still"))).toEqual([
      `Still there ${n + 1}`,
    ]);
  }
  await bob.has(6);
  await bob.end();
  await bob.dispose();
  await bob.finish();
  await held(5);
  await look(sam.page, "supervisor-back");
  expect([...bob.faults, ...sam.faults, ...visitors.flatMap((v) => v.faults)]).toEqual([]);
  await server.verify();
});
