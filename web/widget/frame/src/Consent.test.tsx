import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { App } from "./App";
import { Chat } from "./chat";
import { Server } from "./fake";

let server: Server;

beforeEach(() => {
  server = new Server();
  server.install();
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

/** opened shows the form of an entry point that asks for consent. */
async function opened() {
  server.entry.form = [{ name: "consent", required: true }];
  server.entry.consent = { version: "v1", text: "I agree, see https://shop.example/privacy." };
  const chat = new Chat("ent_demo", { ready() {}, open() {}, unread() {}, event() {} });
  const root = document.createElement("div");
  document.body.append(root);
  render(<App chat={chat} />, root);
  chat.show(true);
  await chat.boot();
  await vi.waitFor(() => expect(root.querySelector("[type=checkbox]")).not.toBeNull());
  return { chat, root, box: root.querySelector<HTMLInputElement>("[type=checkbox]")! };
}

it("SCR-05: no chat is asked for before the box is checked, and it never is beforehand", async () => {
  const { chat, root, box } = await opened();
  expect(box.checked).toBe(false);
  expect(root.querySelector("label a")?.getAttribute("href")).toBe("https://shop.example/privacy");
  const asked = vi.spyOn(chat, "ask").mockReturnValue();
  const press = () => root.querySelector<HTMLButtonElement>("[type=submit]")!.click();
  press();
  await vi.waitFor(() => expect(box.getAttribute("aria-invalid")).toBe("true"));
  expect(asked).not.toHaveBeenCalled();
  box.click();
  await vi.waitFor(() => expect(box.checked).toBe(true));
  press();
  await vi.waitFor(() => expect(asked).toHaveBeenCalledWith("begin", { consent: "v1" }));
});

it("SCR-05: other words ask again", async () => {
  const { chat, box } = await opened();
  box.click();
  await vi.waitFor(() => expect(box.checked).toBe(true));
  chat.set({ entry: { ...chat.state.entry!, consent: { version: "v2", text: "I agree to more." } } });
  await vi.waitFor(() => expect(box.checked).toBe(false));
});

it("SUP-02: a question that is too long says so as it is typed, and asks for nothing", async () => {
  server.entry.limit = 500;
  server.entry.form = [{ name: "question", required: true }];
  const chat = new Chat("ent_demo", { ready() {}, open() {}, unread() {}, event() {} });
  const root = document.createElement("div");
  document.body.append(root);
  render(<App chat={chat} />, root);
  chat.show(true);
  await chat.boot();
  await vi.waitFor(() => expect(root.querySelector("textarea")).not.toBeNull());
  const asked = vi.spyOn(chat, "ask").mockReturnValue();
  const question = root.querySelector<HTMLTextAreaElement>("textarea")!;
  const type = (text: string) => {
    question.value = text;
    question.dispatchEvent(new Event("input", { bubbles: true }));
  };
  type("x".repeat(502));
  await vi.waitFor(() => expect(root.textContent).toContain("count.over_other"));
  expect(question.getAttribute("aria-invalid")).toBe("true");
  root.querySelector<HTMLButtonElement>("[type=submit]")!.click();
  expect(asked).not.toHaveBeenCalled();
  type("x".repeat(500));
  await vi.waitFor(() => expect(question.getAttribute("aria-invalid")).toBeNull());
});

it("SCR-05: the box is as large as a finger needs", async () => {
  const { box } = await opened();
  expect([box.style.getPropertyValue("inline-size"), box.style.getPropertyValue("block-size")]).toEqual([
    "22px",
    "22px",
  ]);
});

it("SCR-07: who leaves a message is asked too, and sends what they agreed to", async () => {
  server.entry.open = false;
  const { root, box } = await opened();
  const type = (name: string, text: string) => {
    const field = root.querySelector<HTMLInputElement>(`[name=${name}]`)!;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return vi.waitFor(() => expect(root.querySelector<HTMLInputElement>(`[name=${name}]`)?.value).toBe(text));
  };
  await type("name", "Bea");
  await type("email", "bea@example.com");
  await type("text", "Call me");
  const sent = vi.spyOn(window, "fetch");
  const press = () => root.querySelector<HTMLButtonElement>("[type=submit]")!.click();
  press();
  await vi.waitFor(() => expect(box.getAttribute("aria-invalid")).toBe("true"));
  expect(sent).not.toHaveBeenCalled();
  box.click();
  await vi.waitFor(() => expect(box.checked).toBe(true));
  press();
  await vi.waitFor(() => expect(sent).toHaveBeenCalled());
  expect(JSON.parse(String(sent.mock.calls[0]![1]?.body))).toMatchObject({
    text: "Call me",
    consent: "v1",
  });
});
