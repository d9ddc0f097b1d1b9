import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { App } from "./App";
import { Chat } from "./chat";
import { Server } from "./fake";

beforeEach(() => {
  vi.useFakeTimers();
  new Server().install();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("UX-62: what changes while the window is drawn for the first time is shown too", async () => {
  const chat = new Chat("ent_demo", { ready() {}, open() {}, unread() {}, event() {} });
  const root = document.createElement("div");
  render(<App chat={chat} />, root);
  expect(root.querySelector("[role=status]")).not.toBeNull();
  chat.set({ view: "gone" }); // before any effect has run
  await vi.advanceTimersByTimeAsync(1_000);
  expect(root.querySelector("[role=alert]")).not.toBeNull();
  chat.set({ view: "loading" });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(root.querySelector("[role=status]")).not.toBeNull();
});
