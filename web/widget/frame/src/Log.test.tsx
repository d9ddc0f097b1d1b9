import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { App } from "./App";
import { Chat } from "./chat";
import { Server } from "./fake";

let server: Server;
let root: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  server.install();
  root = document.createElement("div");
  Element.prototype.scrollTo = () => undefined; // jsdom has no pages to scroll
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** shown is the window of somebody who has written. */
async function shown(): Promise<string> {
  const chat = new Chat("ent_demo", { ready() {}, open() {}, unread() {}, event() {} });
  render(<App chat={chat} />, root);
  await vi.advanceTimersByTimeAsync(1_000);
  chat.set({ view: "chat", position: 2, mirror: { n: 1, conversation: server.view(), messages: [] } });
  await vi.advanceTimersByTimeAsync(1_000);
  return root.textContent ?? "";
}

it("SCR-02: whom a menu asks stands in no line; who waits is told that their place is kept", async () => {
  server.queue = "";
  expect(await shown()).not.toContain("wait.write");
  expect(root.textContent).not.toContain("state.waiting");
  server.queue = "Support";
  expect(await shown()).toContain("wait.write");
  expect(root.textContent).toContain("state.waiting");
});
