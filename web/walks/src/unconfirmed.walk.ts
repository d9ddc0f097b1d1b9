import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { until } from "./browser";
import { Control } from "./control";
import { phones } from "./phone";
import { look, stage } from "./stage";

const at = stage();
const control = new Control(at);
let bob: Agent;

beforeAll(async () => {
  bob = await Agent.signIn(at.browser, at.server.url, "bob", "fr-CA", { colorScheme: "dark" });
  await bob.ready();
});

/** begin has somebody write, and the agent answer while the network takes what it is told and never says so. */
async function begin(phone: string, answer: string): Promise<[string, string]> {
  const [account, who] = phone.split("/") as [string, string];
  await control.late(account, who, "Do you ship on Sundays?", 0);
  await bob.offer.waitFor();
  await bob.accept();
  await control.weather(account, { timeout_after_accept: 1, statuses: "late", receipts: true });
  await bob.say(answer);
  await trouble(answer, "unconfirmed").waitFor();
  await control.weather(account, { statuses: "late" });
  expect(await control.heard(account, who)).toEqual([answer]); // it arrived, which nobody told us
  return [account, who];
}

/** trouble is what stands under a message that did not go out, or may not have. */
const trouble = (text: string, state: string) =>
  bob.log.locator("article", { hasText: text }).locator(`div[data-state=${state}]`);

it("an answer that was lost: unconfirmed in words, asked for again, found, and never said twice (R-46, P4)", async () => {
  // SMS: the network can be asked.
  const [account, noah] = await begin(phones.sms, "We do.");
  const doubt = trouble("We do.", "unconfirmed");
  await doubt.getByText(bob.t("talk.reason.unknown_outcome")).waitFor();
  await look(bob.page, "agent-unconfirmed-fr-dark");
  await bob.button("talk.anyway", doubt).click();
  const dialog = bob.page.getByRole("dialog");
  await dialog.getByText(bob.t("talk.anywayText")).waitFor();
  await look(bob.page, "agent-unconfirmed-anyway-fr-dark");
  await bob.button("action.cancel", dialog).click();
  await dialog.waitFor({ state: "detached" });
  await bob.button("talk.check", doubt).press("Enter");
  await doubt.waitFor({ state: "detached" });
  expect(await control.heard(account, noah)).toEqual(["We do."]);
  await control.later(11); // its statuses come at last
  await bob.log.locator("article[data-sender=agent] [role=img][data-state=delivered]").last().waitFor();
  await bob.end();
  await bob.finish();
});

it("where the network cannot be asked the agent is offered nothing of the kind, waits for its word, or sends it again knowing the risk (R-46, CNV-02)", async () => {
  const [account, marie] = await begin(phones.whatsapp, "We do!");
  const doubt = trouble("We do!", "unconfirmed");
  await bob.button("talk.anyway", doubt).waitFor();
  expect(await bob.button("talk.check", doubt).count()).toBe(0); // there is nobody to ask
  await control.later(11);
  await doubt.waitFor({ state: "detached" });
  await bob.log.locator("article[data-sender=agent] [role=img][data-state=read]").last().waitFor();
  expect(await control.heard(account, marie)).toEqual(["We do!"]);

  // Once more, and nobody waits: it is sent again, as the dialog said.
  await control.weather(account, { timeout_after_accept: 1, receipts: false });
  await bob.say("From nine.");
  const again = trouble("From nine.", "unconfirmed");
  await again.waitFor();
  await control.weather(account);
  await bob.button("talk.anyway", again).click();
  await bob.button("talk.anyway", bob.page.getByRole("dialog")).click();
  await until(async () => (await control.heard(account, marie)).length === 3);
  await again.waitFor({ state: "detached" });
  expect(await control.heard(account, marie)).toEqual(["We do!", "From nine.", "From nine."]);

  // What the network refuses is not sent, says why, and goes when it is tried again.
  await control.fails(account, marie, { code: "131026", now: "true" });
  await bob.say("To five.");
  const failed = trouble("To five.", "failed");
  await failed.waitFor();
  await look(bob.page, "agent-failed-fr-dark");
  await bob.button("agent.send.retry", failed).click();
  await failed.waitFor({ state: "detached" });
  await until(async () => (await control.heard(account, marie)).at(-1) === "To five.");
  expect(bob.faults).toEqual([]);
});
