import { beforeAll, expect, it } from "vitest";
import { Agent } from "./agent";
import { narrow, openTab, watch, wide } from "./browser";
import { Office } from "./office";
import { type Phone, phones, Simulator } from "./phone";
import { look, stage } from "./stage";
import { Visitor } from "./visitor";

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

/** begun lets a visitor of the shop ask, and amy take it. */
async function begun(question: string): Promise<Visitor> {
  const visitor = await Visitor.at(at.browser, at.server.url);
  await visitor.open();
  await visitor.begin({ name: "Noah Singh", question });
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears(question);
  return visitor;
}

/** pressed gives a key that no field takes for a letter. */
async function pressed(agent: Agent, key: string): Promise<void> {
  await agent.page.locator("h1").first().click();
  await agent.page.keyboard.press(key);
}

/** clockIn returns the minutes and seconds left that a text speaks of, "" if it does not. */
function clockIn(text: string): string {
  return /\b\d+:\d\d\b/.exec(text)?.[0] ?? "";
}

/** begins lets a customer write on a network, and amy take it. */
async function begins(id: string, question: string): Promise<Phone> {
  const phone = await simulator.take(id);
  await phone.say(question);
  await amy.offer.waitFor();
  await amy.accept();
  await amy.hears(question);
  return phone;
}

it("F029, F031, F032, F033, F034, F036, F103, F112, F113: from the last thanks to available", async () => {
  const marie = await Visitor.at(at.browser, at.server.url);
  await marie.page.locator("#account").selectOption("1001");
  await marie.open();
  await marie.begin({ question: "Is it on its way?" });
  await amy.offer.waitFor();
  const past = { name: /Parcel arrived damaged/ };
  await amy.page.locator("[data-region=preview]").getByRole("link", past).waitFor();
  await amy.accept();
  await amy.status("busy").waitFor();
  await amy.page.locator("[data-region=context]").getByRole("link", past).waitFor();
  await amy.composer.fill("It is.");
  await amy.button("agent.composer.send").click();
  await marie.hears("It is.");
  await marie.say("Thanks, that is all!");
  await amy.hears("Thanks, that is all!");

  const header = amy.page.locator("[data-region=conversation] header");
  expect(await amy.composer.isEditable(), "thanks alone ends nothing").toBe(true);
  await amy.button("agent.crm.save", header).click();
  await amy.button("agent.crm.update", header).waitFor();
  await amy.button("agent.conversation.end", header).click();
  await amy.wrapUp.waitFor();
  await marie.window.getByRole("heading", { name: marie.t("ended") }).waitFor();
  expect(await marie.composer.count(), "nothing more can be written").toBe(0);

  const clocks = async () =>
    [...(await amy.rows.allInnerTexts()), ...(await amy.wrapUp.allInnerTexts())].map(clockIn);
  const [row, panel] = await clocks();
  expect([row, panel], "a timer on the row and in the panel").not.toContain("");
  await expect.poll(async () => (await clocks()).every((c, n) => c && c !== [row, panel][n])).toBe(true);
  const onward = amy.button("action.continue", amy.wrapUp);
  expect(await onward.isDisabled(), "no outcome yet").toBe(true);
  expect(await amy.wrapUp.getByText("*").count()).toBe(1);
  await look(amy.page, "agent-outcome-required");
  await amy.dispose();
  await onward.click();
  await amy.button("agent.wrap.finish", amy.wrapUp).click();
  await amy.status("available").waitFor();
  await amy.has(0);
  expect([...marie.faults, ...amy.faults]).toEqual([]);
});

it("F035, F110: an outcome that need not be chosen, chosen while talking; the wrap-up is as long as it is set", async () => {
  const ada = await Office.signIn(at.server.url, "ada");
  const { items: lists } = await ada.get<{ items: { id: string; name: string }[] }>(
    "admin/disposition-lists",
  );
  const { items: queues } = await ada.get<{ items: { id: string; name: string }[] }>("admin/queues");
  const outcome = lists.find((l) => l.name === "Outcome")!.id;
  const support = queues.find((q) => q.name === "Support")!.id;
  await ada.change(`admin/disposition-lists/${outcome}`, { required: false });
  await ada.change(`admin/queues/${support}`, { wrapup_s: 10 });
  const visitor = await begun("Do you ship to Iqaluit?");
  await amy.page.getByRole("tab", { name: amy.t("agent.context.case") }).click();
  await amy.page.locator("[data-region=context] [data-list]").click();
  await amy.page.getByRole("option", { name: "Needs follow-up" }).click();
  await look(amy.page, "agent-outcome-early");
  const id = new URL(amy.page.url()).pathname.split("/").at(-1);
  await amy.end();
  await amy.has(0); // by itself
  await amy.status("available").waitFor();
  const office = await Office.signIn(at.server.url, "sam");
  const kept = await office.get<{ interaction: { chosen: string[] } }>(`interactions/${id}`);
  expect(kept.interaction.chosen.length).toBe(1);

  const other = await begun("And to Alert?");
  await amy.end();
  await amy.finish();
  await amy.status("available").waitFor();
  await ada.change(`admin/disposition-lists/${outcome}`, { required: true });
  await ada.change(`admin/queues/${support}`, { wrapup_s: 60 });
  expect([...visitor.faults, ...other.faults, ...amy.faults]).toEqual([]);
});

it("F104, F105, F108: the console takes 5,000 characters and post-processes; colleagues see how each stands", async () => {
  const { browser, server } = at;
  const carol = await Agent.signIn(browser, server.url, "carol");
  const bob = await Agent.signIn(browser, server.url, "bob", "fr-CA");
  await carol.ready();
  await pressed(amy, "b");
  await amy.status("on_break").waitFor();
  const visitor = await Visitor.at(browser, server.url);
  await visitor.open();
  await visitor.begin({ name: "Noah", question: "What is in the small print?" });
  await carol.offer.waitFor();
  await carol.button("agent.console.accept", carol.offer).click();
  await carol.composer.fill("x".repeat(5_001));
  await carol.page.getByText("5001 / 5000").waitFor();
  expect(await carol.button("agent.composer.send").isDisabled()).toBe(true);
  await carol.composer.fill("x".repeat(5_000));
  await carol.button("agent.composer.send").click();
  await visitor.hears("x".repeat(5_000));

  await bob.page.locator("details > summary").click();
  const amyAtBob = bob.page.locator("details li", { hasText: "Amy Chen" });
  await amyAtBob.getByText(bob.t("status.on_break")).waitFor();
  await look(bob.page, "agent-colleagues-fr");
  await pressed(amy, "v");
  await amyAtBob.getByText(bob.t("status.available")).waitFor();

  await carol.button("agent.console.end").click();
  await carol.wrapUp.waitFor();
  const chip = carol.t("status.menu", { status: carol.t("status.console.post_processing") });
  await carol.page.getByRole("button", { name: chip }).waitFor();
  await look(carol.page, "agent-console-wrap-up");
  await carol.dispose();
  await carol.button("agent.console.finish", carol.wrapUp).click();
  await carol.status("available").waitFor();
  await pressed(carol, "b");
  await carol.status("on_break").waitFor();
  expect([...carol.faults, ...bob.faults, ...visitor.faults, ...amy.faults]).toEqual([]);
});

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
  await amy.page.locator("header").getByText(amy.t("talk.park.state"), { exact: true }).waitFor();
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
  const sam = await openTab(at.browser); // before: undo is there for a while only
  await sam.page.context().request.post(`${at.server.url}/api/session`, {
    data: { login: "sam", password: "demo", take_over: true },
  });
  const phone = await begins(phones.sms, "You again!");
  await amy.composer.fill("Emoji \u{1f44d}");
  const plain = amy.t("agent.composer.plain", { channel: amy.t("channel.sms") });
  await amy.page.locator("#composer-count", { hasText: plain }).waitFor();
  await look(amy.page, "agent-sms-plain");
  await amy.composer.fill("");
  await amy.button("agent.conversation.more").click();
  await amy.page.getByRole("menuitem", { name: amy.t("talk.block.action") }).click();
  const dialog = amy.page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: amy.t("talk.block.reason") }).fill("Insults");
  await look(amy.page, "agent-block");
  await dialog.getByRole("button", { name: amy.t("talk.block.action") }).click();
  await amy.wrapUp.waitFor();

  await sam.page.goto(`${at.server.url}/supervisor/blocks`);
  await sam.page.getByText("Insults").waitFor();
  const standing = async () => {
    const list = await sam.page.context().request.get(`${at.server.url}/api/blocks?standing=true`);
    return ((await list.json()) as { items: unknown[] }).items.length;
  };
  expect(await standing()).toBe(1);
  await amy.page.getByRole("button", { name: amy.t("talk.block.undo") }).click();
  await expect.poll(standing).toBe(0);
  await look(sam.page, "supervisor-blocks");
  await amy.finish();
  await phone.say("Hello?");
  await amy.offer.waitFor();
  expect([...sam.faults, ...amy.faults]).toEqual([]);
});
