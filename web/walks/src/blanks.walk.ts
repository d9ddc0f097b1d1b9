import { expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow } from "./browser";
import { Control } from "./control";
import { Office } from "./office";
import { phones, Simulator } from "./phone";
import { look, stage } from "./stage";

const at = stage();
const control = new Control(at);
const [account, marie] = phones.whatsapp.split("/") as [string, string];

it("a day later WhatsApp takes only an approved template: chosen, its blanks filled, none left empty, sent, on the phone (WAP-05)", async () => {
  const { browser, server } = at;
  const ada = await Office.signIn(server.url, "ada");
  await ada.put("admin/settings", {
    values: [{ key: "whatsapp.templates", scope: "tenant", scope_id: "", value: true }],
  });
  const amy = await Agent.signIn(browser, server.url, "amy");
  await amy.ready();
  const simulator = await Simulator.at(browser, server.url);
  const phone = await simulator.take(phones.whatsapp);
  await control.late(account, marie, "Is my invoice there?", 30);
  await amy.offer.waitFor();
  const id = await amy.offer.getAttribute("data-offer");
  await amy.button("agent.offer.accept", amy.offer).click();
  await amy.page.locator(`[data-offer="${id}"]`).waitFor({ state: "detached" });
  const choose = amy.button("agent.template.choose");
  await choose.waitFor();
  expect(await amy.composer.count()).toBe(0);
  await look(amy.page, "agent-template-locked");

  // By keyboard: found by a word of it, chosen, and sent too early.
  await choose.press("Enter");
  const dialog = amy.page.getByRole("dialog");
  const search = dialog.getByRole("textbox", { name: amy.t("agent.template.search") });
  await search.fill("your invoice");
  await look(amy.page, "agent-template-list");
  const one = dialog.getByRole("button", { name: /invoice_ready/ });
  expect(await one.count()).toBe(1); // the French one has other words; paused and refused ones are not offered
  await one.press("Enter");
  const blank = (n: number) => dialog.getByRole("textbox", { name: amy.t("agent.template.value", { n }) });
  await blank(1).fill("Marie");
  await blank(1).press("Enter");
  await dialog.getByText(amy.t("field.required")).waitFor();
  expect(await dialog.getByText(amy.t("field.required")).count()).toBe(1);
  await expect.poll(() => blank(2).evaluate((input) => input === document.activeElement)).toBe(true);
  await look(amy.page, "agent-template-blank");
  expect(await control.heard(account, marie)).toEqual([]);
  await blank(2).fill(" ");
  await amy.button("agent.composer.send", dialog).click();
  await dialog.getByText(amy.t("field.required")).waitFor();

  await blank(2).fill("2026-118");
  await dialog.getByText(amy.t("field.required")).waitFor({ state: "detached" });
  await dialog.getByText("Hello Marie, your invoice 2026-118 is ready.").waitFor();
  await amy.page.setViewportSize(narrow);
  await look(amy.page, "agent-template-filled-phone");
  await amy.page.setViewportSize({ width: 1280, height: 800 });
  await amy.button("agent.composer.send", dialog).click();
  await dialog.waitFor({ state: "detached" });
  await phone.hears("Hello Marie, your invoice 2026-118 is ready.");
  await amy.hears("Hello Marie, your invoice 2026-118 is ready.");
  await amy.log.locator("article[data-sender=agent] [role=img][data-state=read]").last().waitFor();
  expect(await control.heard(account, marie)).toEqual(["Hello Marie, your invoice 2026-118 is ready."]);

  // She answers: the window is open again, and counts down.
  await phone.say("Thank you!");
  await amy.hears("Thank you!");
  await amy.say("You are welcome.");
  await phone.hears("You are welcome.");
  await look(simulator.page, "simulator-template");

  // What failed because the window closed is offered again only when she has written (WAP-05, CNV-02).
  await control.fails(account, marie, { code: "131047" });
  await amy.say("Anything else?");
  const failed = amy.log.locator("article", { hasText: "Anything else?" }).locator("[data-state=failed]");
  await amy.button("action.copy", failed).waitFor();
  await choose.waitFor();
  await expect.poll(() => amy.button("agent.send.retry", failed).count()).toBe(0);
  await phone.say("Yes!");
  await amy.button("agent.send.retry", failed).click();
  await phone.hears("Anything else?");
  expect([...amy.faults, ...simulator.faults]).toEqual([]);
});
