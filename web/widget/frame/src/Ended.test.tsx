import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { App } from "./App";
import { Chat } from "./chat";
import { Server } from "./fake";
import "./rare"; // here before it is asked for: loading waits for no clock of ours

let server: Server;
let root: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  server.install();
  root = document.createElement("div");
  document.body.append(root);
  Element.prototype.scrollTo = () => undefined; // jsdom has no pages to scroll
});
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settle = () => vi.advanceTimersByTimeAsync(500);
const button = (text: string) =>
  [...root.querySelectorAll("button")].find(({ textContent }) => textContent === text);

/** ended is the window of somebody whose chat has ended. */
async function ended(): Promise<Chat> {
  const chat = new Chat("ent_demo", { ready() {}, open() {}, unread() {}, event() {} });
  render(<App chat={chat} />, root);
  await chat.boot();
  await settle();
  chat.ask("begin", { question: "Nobody?" });
  await settle();
  server.state = "ended";
  await chat.refresh();
  await settle();
  return chat;
}

/** leaves fills in the form of a message and sends it. */
async function leaves(): Promise<void> {
  button("form.leave")!.click();
  await settle();
  const said = { name: "Noah", email: "noah@example.com", text: "Please write to me." };
  for (const [name, value] of Object.entries(said)) {
    const field = root.querySelector<HTMLInputElement>(`[name=${name}]`)!;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  await settle();
  button("form.leave.send")!.click();
  await settle();
}

it("I9: whom the queue gave up on fills in their missed contact, wherever a message can be left", async () => {
  server.gaveUp = true;
  server.entry.offline_form = false;
  server.entry.form.push({ name: "consent", required: true }); // who came in has given it
  server.entry.consent = { version: "v1", text: "I agree." };
  const chat = await ended();
  expect(button("ended.again")).toBeUndefined();
  server.refuse.push({ path: "/skip", status: 422, code: "invalid" });
  await leaves();
  expect(chat.state.view).toBe("leave");
  button("form.leave.send")!.click();
  await settle();
  expect(chat.state.view).toBe("sent");
  expect(server.posted("/offline")).toEqual([]);
  expect(server.posted("/skip").at(-1)?.body).toMatchObject({
    email: "noah@example.com",
    text: "Please write to me.",
  });
  expect(chat.keep.read().token).toBe("");
});

it("RPL-05: whom somebody served is offered a new chat", async () => {
  await ended();
  expect(button("form.leave")).toBeUndefined();
  button("ended.again")!.click();
  await settle();
  expect(root.querySelector("[name=question]")).not.toBeNull();
});
