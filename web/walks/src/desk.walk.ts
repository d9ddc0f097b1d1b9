import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow, watch, wide } from "./browser";
import { Office } from "./office";
import { type Phone, phones, Simulator } from "./phone";
import { look, stage } from "./stage";

/** The smallest picture there is: one pixel of a PNG. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const at = stage();
let amy: Agent;
let simulator: Simulator;

beforeAll(async () => {
  amy = await Agent.signIn(at.browser, at.server.url, "amy");
  await amy.ready();
  simulator = await Simulator.at(at.browser, at.server.url);
});

/** begins lets a customer write on a network, and amy take it. */
async function begins(id: string, question: string): Promise<Phone> {
  const phone = await simulator.take(id);
  await phone.say(question);
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears(question);
  return phone;
}

it("a picture goes out beside the answer to one message, and the window counts down (CNV-07, WAP-05)", async () => {
  await begins(phones.whatsapp, "What does the form look like?");
  const first = amy.log.locator("article[data-sender=customer]").first();
  await first.hover();
  await first.getByRole("button", { name: amy.t("talk.reply") }).click();
  const composer = amy.page.locator("[data-region=composer]");
  await composer.locator("time").waitFor();
  await composer.locator("input[type=file]").setInputFiles([
    { name: "form.png", mimeType: "image/png", buffer: pixel },
    { name: "film.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(26 << 20) },
  ]);
  await composer.getByText("form.png").waitFor();
  await composer.getByRole("alert").waitFor();
  await look(amy.page, "agent-attachments");
  await amy.composer.fill("Like this.");
  expect(await amy.button("agent.composer.send", composer).isDisabled()).toBe(true);
  await composer.getByRole("button", { name: amy.t("agent.files.remove", { name: "film.mp4" }) }).click();
  await amy.composer.press("Enter");
  const sent = amy.log.locator("article[data-sender=agent]", { hasText: "Like this." });
  await sent.locator("[role=img][data-state=read]").waitFor();
  await sent.getByText("What does the form look like?").waitFor();
  await sent.locator("img").click();
  await amy.page.getByRole("dialog").locator("img").waitFor();
  await look(amy.page, "agent-lightbox");
  await amy.page.keyboard.press("Escape");
  await amy.page.getByRole("dialog").waitFor({ state: "detached" });
  expect(amy.faults).toEqual([]);
});

it("a conversation is laid aside, comes back to its agent, and stays as it was (I29, I30)", async () => {
  await amy.page.locator("h1").first().click(); // out of the field: letters are keys
  await amy.page.keyboard.press("p");
  const dialog = amy.page.getByRole("dialog");
  await dialog.getByRole("radio", { name: amy.t("talk.park.monday") }).check();
  await look(amy.page, "agent-park");
  await dialog.getByRole("button", { name: amy.t("talk.park.action"), exact: true }).click();
  await amy.page.locator("section[aria-labelledby=my-parked] a").waitFor();
  await look(amy.page, "agent-parked");
  await amy.page.setViewportSize(narrow);
  await look(amy.page, "agent-parked-narrow");
  await amy.page.setViewportSize(wide);
  await amy.page.getByRole("button", { name: amy.t("talk.park.take") }).click();
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears("Like this.");
  expect(await amy.page.locator("section[aria-labelledby=my-parked]").count()).toBe(0);
});

it("a conversation has its own window, where all works, and comes back with its draft (F064, CNV-10)", async () => {
  const opened = amy.page.context().waitForEvent("page");
  await amy.page.getByRole("button", { name: amy.t("talk.window.action") }).click();
  const own = watch(await opened);
  const there = new Agent(own.page, own.faults);
  await there.hears("Like this.");
  expect(await own.page.title()).toContain("+15145550101");
  await amy.page.getByRole("button", { name: amy.t("talk.window.show") }).waitFor();
  await there.say("Said in the other window.");
  await there.log.locator("[role=img][data-state=read]").last().waitFor();
  await there.composer.fill("A draft");
  await look(own.page, "agent-own-window");
  await amy.page.getByRole("button", { name: amy.t("talk.window.back") }).click();
  await amy.hears("Said in the other window.");
  await expect.poll(() => own.page.isClosed()).toBe(true);
  await expect.poll(() => amy.composer.inputValue()).toBe("A draft");

  const again = amy.page.context().waitForEvent("page");
  await amy.page.getByRole("button", { name: amy.t("talk.window.action") }).click();
  const ending = new Agent(await again, own.faults);
  await ending.hears("Said in the other window.");
  await ending.end();
  await amy.page.locator("a[href^='/agent/i/'][data-kind=wrapup]").waitFor();
  await ending.dispose();
  await ending.finish();
  await amy.has(0);
  expect([...own.faults, ...amy.faults]).toEqual([]);
});

it("a sender is blocked with a reason, a supervisor sees it, and undo lets them in again (SOC-08)", async () => {
  const phone = await begins(phones.sms, "You again!");
  await amy.composer.fill("Emoji \u{1f44d}");
  await amy.page.getByText(amy.t("agent.composer.plain", { channel: amy.t("channel.sms") })).waitFor();
  await look(amy.page, "agent-sms-plain");
  await amy.composer.fill("");
  await amy.button("agent.conversation.more").click();
  await amy.page.getByRole("menuitem", { name: amy.t("talk.block.action") }).click();
  const dialog = amy.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: amy.t("talk.block.reason") }).fill("Insults");
  await look(amy.page, "agent-block");
  await dialog.getByRole("button", { name: amy.t("talk.block.action") }).click();
  await amy.wrapUp.waitFor();

  const sam = await Agent.signIn(at.browser, at.server.url, "sam");
  await sam.page.goto(`${at.server.url}/supervisor/blocks`);
  await sam.page.getByText("Insults").waitFor();
  await look(sam.page, "supervisor-blocks");
  const office = await Office.signIn(at.server.url, "sam", true);
  const standing = async () => (await office.get<{ items: unknown[] }>("blocks?standing=true")).items.length;
  expect(await standing()).toBe(1);
  await amy.page.getByRole("button", { name: amy.t("talk.block.undo") }).click();
  await expect.poll(standing).toBe(0);
  await amy.finish();
  await phone.say("Hello?");
  await amy.offer.waitFor();
  expect([...sam.faults, ...amy.faults]).toEqual([]);
});
