import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow, until } from "./browser";
import { Office } from "./office";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";

interface Kept {
  messages: { sender: string; text: string; delivery?: { state: string } | null }[];
}

const at = stage();

it("in Canadian French by WhatsApp, the phone and the agent (LOC-01, WAP-05)", async () => {
  const bob = await Agent.signIn(at.browser, at.server.url, "bob", "fr-CA", { colorScheme: "dark" });
  await bob.ready();
  const simulator = await Simulator.at(at.browser, at.server.url, "fr-CA", {
    colorScheme: "dark",
    viewport: narrow,
  });
  const marie = await simulator.take(phones.whatsapp);
  await look(simulator.page, "simulator-fr-dark-phone");
  await marie.say("Bonjour, o\u00f9 est ma couverture?");
  await bob.offer.waitFor();
  await bob.accept();
  await bob.hears("Bonjour, o\u00f9 est ma couverture?");
  await bob.say("Je regarde \u00e7a tout de suite.");
  await marie.hears("Je regarde \u00e7a tout de suite.");
  await bob.log.locator("article[data-sender=agent] [role=img][data-state=read]").last().waitFor();
  await look(simulator.page, "simulator-conversation-fr-dark-phone");
  await look(bob.page, "agent-whatsapp-fr-dark");
  await bob.end();
  await bob.dispose();
  await bob.finish();
  expect([...bob.faults, ...simulator.faults]).toEqual([]);
  await bob.page.context().close();
  await simulator.page.context().close();
});

it("the server is killed in the middle of a WhatsApp conversation: nothing is lost, nothing is said twice (R-01, R-46, P4)", async () => {
  const { browser, server } = at;
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const simulator = await Simulator.at(browser, server.url);
  const marie = await simulator.take(phones.whatsapp);
  await marie.say("customer 1");
  await amy.offer.waitFor();
  await amy.accept();
  await amy.say("agent 1");
  await marie.hears("agent 1");
  await marie.say("customer 2");
  await amy.hears("customer 2");
  const before = await marie.log();
  await amy.say("agent 2"); // on its way, somewhere, when the power goes
  await server.kill();
  await amy.page.context().setOffline(true);
  await amy.say("agent 3");
  await look(simulator.page, "simulator-offline");

  // The simulator forgot the phone with the process; the center forgot nothing. Who writes opens the window anew.
  await server.up();
  await until(async () => (await marie.log()).length < before.length);
  await marie.say("customer 3");
  await amy.page.context().setOffline(false);
  await amy.hears("customer 3");
  const id = new URL(amy.page.url()).pathname.split("/").at(-1);
  const sam = await Office.signIn(server.url, "sam");
  const kept = await until(async () => {
    const all = (await sam.get<Kept>(`interactions/${id}`)).messages;
    const messages = all.filter((m) => /^(customer|agent) \d$/.test(m.text)); // the French talk is above them
    const ours = messages.filter((m) => m.sender === "agent");
    return ours.length === 3 && ours.every((m) => m.delivery?.state !== "pending") && messages;
  });
  const said = (who: string) => kept.filter((m) => m.sender === who).map((m) => m.text);
  expect(said("customer")).toEqual(["customer 1", "customer 2", "customer 3"]);
  expect(said("agent")).toEqual(["agent 1", "agent 2", "agent 3"]);

  // What arrived arrived once. Of what was on its way the agent is told the truth: it came, it failed, or nobody knows.
  await marie.hears("agent 3");
  const seen = [...before, ...(await marie.log())];
  for (const m of kept.filter((m) => m.sender === "agent")) {
    const times = seen.filter((text) => text === m.text).length;
    const came = ["sent", "delivered", "read"].includes(m.delivery!.state);
    if (m.text === "agent 2" && came)
      expect(times).toBeLessThanOrEqual(1); // on the phone that was forgotten
    else expect([m.text, m.delivery!.state, times]).toEqual([m.text, m.delivery!.state, came ? 1 : 0]);
  }
  expect(kept.find((m) => m.text === "agent 3")!.delivery!.state).not.toBe("failed");
  await look(amy.page, "agent-after-power-cut");
  expect([...amy.faults, ...simulator.faults]).toEqual([]);
  await server.verify();
});
