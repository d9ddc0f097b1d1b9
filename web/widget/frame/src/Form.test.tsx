import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { App } from "./App";
import { Chat } from "./chat";
import { Server } from "./fake";

let server: Server;

beforeEach(() => {
  server = new Server();
  server.install();
  const asked = ["name", "question", "consent"] as const;
  server.entry.form = asked.map((name) => ({ name, required: true }));
  server.entry.consent = { version: "v1", text: "I agree." };
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

/** loaded is the page as it is when it comes: the form, and what stands in it. */
async function loaded() {
  const chat = new Chat("ent_demo", { ready() {}, open() {}, unread() {}, event() {} });
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  render(<App chat={chat} />, root);
  chat.show(true);
  await chat.boot();
  await vi.waitFor(() => expect(root.querySelector("[type=checkbox]")).not.toBeNull());
  const field = <T extends HTMLElement>(name: string) => root.querySelector<T>(`[name=${name}]`)!;
  const name = field<HTMLInputElement>("name");
  const question = field<HTMLTextAreaElement>("question");
  const box = root.querySelector<HTMLInputElement>("[type=checkbox]")!;
  const type = (into: HTMLInputElement | HTMLTextAreaElement, text: string) => {
    into.value = text;
    into.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return { chat, name, question, box, type };
}

it("WEB-07: what stands in the form is still there after a reload, but for the consent (SCR-05)", async () => {
  const before = await loaded();
  before.type(before.name, "Maya"); // at once, as a browser fills in forms
  before.type(before.question, "Where is my parcel?");
  before.box.click();
  await vi.waitFor(() => expect(before.box.checked).toBe(true));
  const after = await loaded();
  expect(after.name.value).toBe("Maya");
  expect(after.question.value).toBe("Where is my parcel?");
  expect(after.box.checked).toBe(false);
});

it("WEB-07: what was sent does not stand in the next form", () => {
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  const chat = new Chat("ent_demo", { ready() {}, open() {}, unread() {}, event() {} });
  chat.keep.typed({ question: "Where is my parcel?" });
  expect(chat.keep.typed()).toEqual({ question: "Where is my parcel?" });
  chat.ask("begin", { question: "Where is my parcel?" });
  expect(chat.keep.typed()).toEqual({});
});

it("A-037: the next person in front of the screen reads nothing of it", async () => {
  const before = await loaded();
  before.type(before.question, "Where is my parcel?");
  before.chat.reset();
  const here = () => document.querySelector<HTMLTextAreaElement>("textarea");
  await vi.waitFor(() => expect(here()?.value).toBe(""));
  expect((await loaded()).question.value).toBe("");
});
