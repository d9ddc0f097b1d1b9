import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { Office } from "./office";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";

interface Filed {
  id: string;
  customer: { name: string } | null;
}
interface Transcript {
  messages: { sender: string; text: string }[];
}

const at = stage();
let amy: Agent;
let simulator: Simulator;

beforeAll(async () => {
  amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready();
  simulator = await Simulator.at(at.browser, at.server.url);
});

/** How far each network tells that a message came. */
const furthest: Record<string, string> = {
  sms: "delivered",
  whatsapp: "read",
  messenger: "read",
  instagram: "read",
  x: "read",
  telegram: "sent",
};

for (const [network, id] of Object.entries(phones)) {
  it(`${network}: from the customer's phone to the filed case (F001, F002, F007, CNV-02, CRM-08)`, async () => {
    const phone = await simulator.take(id);
    const question = `Where is my order of ${network}?`;
    await phone.say(question);
    await amy.offer.waitFor();
    await look(amy.page, `agent-offer-${network}`);
    await amy.accept();
    await amy.hears(question);
    await amy.say("Let me look.");
    await phone.hears("Let me look.");
    await amy.log
      .locator(`article[data-sender=agent] [role=img][data-state=${furthest[network]}]`)
      .last()
      .waitFor();
    await phone.say("Thank you!");
    await amy.hears("Thank you!");
    await look(simulator.page, `simulator-${network}`);
    await look(amy.page, `agent-conversation-${network}`);
    await record();
    await amy.end();
    if (network !== "sms") await amy.dispose(); // who sells need not say how it went
    await amy.saveCase();
    await amy.finish();
    await amy.has(0);

    const sam = await Office.signIn(at.server.url, "sam", true);
    const { items } = await sam.get<{ items: Filed[] }>("cases?limit=100");
    const transcripts = await Promise.all(
      items.map((c) => sam.get<Transcript>(`cases/${c.id}/transcript`).catch(() => null)),
    );
    const filed = transcripts.filter((t) => t?.messages.some((m) => m.text === question));
    expect(filed.length).toBe(1);
    const said = filed[0]!.messages.filter((m) => m.sender !== "system").map((m) => m.text);
    expect(said).toEqual([question, "Let me look.", "Thank you!"]);
    expect([...amy.faults, ...simulator.faults]).toEqual([]);
  });
}

/** record saves a record of somebody new, where the network leaves that to the agent. */
async function record(): Promise<void> {
  const form = amy.page.getByRole("form", { name: amy.t("agent.record.new") });
  if (!(await form.isVisible())) return;
  await form.getByRole("button", { name: amy.t("action.save"), exact: true }).click();
  await form.waitFor({ state: "detached" });
}
