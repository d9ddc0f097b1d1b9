import { expect, it } from "vitest";
import { Agent } from "./agent";
import { Office } from "./office";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

interface Case {
  id: string;
  number: number;
  customer: { name: string } | null;
}
interface Transcript {
  messages: { sender: string; text: string }[];
}

const at = stage();

it("a known customer is served, and the conversation becomes their case (WEB-02, OFR-03, POP-04, WRP-07, CRM-08)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await look(amy.page, "agent-signed-in");
  await amy.ready();
  await look(amy.page, "agent-idle");

  const marie = await Visitor.at(browser, server.url);
  await look(marie.page, "shop");
  await marie.page.locator("#account").selectOption("1001");
  await marie.open();
  await look(marie.page, "widget-form");
  await marie.begin({ question: "Where is my blanket?" });
  await amy.offer.waitFor();
  await look(amy.page, "agent-offer");
  await look(marie.page, "widget-waiting");

  await amy.accept();
  await amy.hears("Where is my blanket?");
  await marie.window.getByText(marie.t("system.agent_joined", { name: "Amy Chen" })).waitFor();
  await amy.composer.pressSequentially("Let me");
  await marie.window.getByText(marie.t("typing", { name: "Amy Chen" })).waitFor();
  await amy.say("Let me look.");
  await marie.hears("Let me look.");
  await marie.say("Thank you!");
  await amy.hears("Thank you!");
  await marie.settled();
  await look(amy.page, "agent-conversation");
  await look(marie.page, "widget-chatting");

  await amy.end();
  await marie.window.getByRole("heading", { name: marie.t("ended") }).waitFor();
  await look(marie.page, "widget-ended");
  await amy.dispose();
  await amy.saveCase();
  await look(amy.page, "agent-wrap-up");
  await amy.finish();
  await amy.has(0);

  const sam = await Office.signIn(server.url, "sam");
  const { items } = await sam.get<{ items: Case[] }>("cases?limit=100");
  const transcripts = await Promise.all(
    items.map((c) => sam.get<Transcript>(`cases/${c.id}/transcript`).catch(() => null)),
  );
  const found = transcripts.filter((one) => one?.messages.some((m) => m.text === "Where is my blanket?"));
  expect(found.length).toBe(1);
  const said = found[0]!.messages.filter((m) => m.sender !== "system").map((m) => `${m.sender}: ${m.text}`);
  expect(said).toEqual(["customer: Where is my blanket?", "agent: Let me look.", "customer: Thank you!"]);
  expect(items[transcripts.indexOf(found[0]!)]!.customer?.name).toBe("Marie Tremblay");
  expect([...amy.faults, ...marie.faults]).toEqual([]);
});
