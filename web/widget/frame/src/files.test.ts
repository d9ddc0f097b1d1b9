import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Chat } from "./chat";
import { Server } from "./fake";
import { Files } from "./files";

/** Up is one upload, whose other end the test holds. */
class Up {
  static all: Up[] = [];
  upload: { onprogress?: (e: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  status = 0;
  response: unknown = null;
  aborted = false;
  headers: Record<string, string> = {};
  open(): void {
    Up.all.push(this);
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  send(): void {}
  abort(): void {
    this.aborted = true;
  }
  answer(status: number, response: unknown): void {
    Object.assign(this, { status, response });
    this.onload?.();
  }
}

let server: Server;
let chat: Chat;
const settle = (ms = 100) => vi.advanceTimersByTimeAsync(ms);
const picture = (id: string) => ({ id, kind: "image", name: "map.png", state: "ready" });
const pick = (size = 3) => {
  const file = new File(["map"], "map.png", { type: "image/png" });
  Object.defineProperty(file, "size", { value: size });
  chat.files!.add([file]);
};

beforeEach(async () => {
  vi.useFakeTimers();
  Up.all = [];
  server = new Server();
  server.install();
  vi.stubGlobal("XMLHttpRequest", Up);
  chat = new Chat("ent_demo", { ready: () => {}, open: () => {}, unread: () => {}, event: () => {} });
  chat.files = new Files(chat);
  await chat.boot();
  chat.show(true);
  chat.ask("begin", { question: "Hello?" });
  await settle();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("CNV-08: a file is uploaded as it is picked, and goes with the next message, once", async () => {
  pick();
  Up.all[0]!.upload.onprogress?.({ loaded: 1, total: 4 });
  expect(chat.state.uploads).toMatchObject([{ name: "map.png", part: 0.25 }]);
  expect(Up.all[0]!.headers.Authorization).toMatch(/^Bearer vt_/);
  Up.all[0]!.answer(201, picture("att_1"));
  chat.say("");
  await settle();
  const sent = server.posted("conversation/messages");
  expect(sent.map((s) => s.body.files)).toEqual([["att_1"]]);
  expect(chat.state.uploads).toEqual([]);
  expect(chat.state.mirror?.messages.at(-1)?.content?.files?.[0]?.id).toBe("att_1");
  chat.say("and a word");
  await settle();
  expect(server.posted("conversation/messages").at(-1)?.body.files).toBeUndefined();
});

it("R-55: a file that was sent while the answer was lost is sent again with the same message", async () => {
  pick();
  Up.all[0]!.answer(201, picture("att_1"));
  server.loseAnswers = 1;
  chat.say("look");
  await settle(60_000);
  const sent = server.posted("conversation/messages").map((s) => s.body);
  expect(new Set(sent.map((b) => b.client_id)).size).toBe(1);
  expect(sent.every((b) => JSON.stringify(b.files) === '["att_1"]')).toBe(true);
  expect(sent.length).toBeGreaterThan(1);
});

it("A-076: what is refused says why, and is never sent", async () => {
  pick(26 * 1024 * 1024);
  expect(Up.all).toHaveLength(0);
  pick();
  Up.all[0]!.answer(422, { code: "file_not_allowed" });
  pick();
  Up.all[1]!.onerror?.();
  expect(chat.state.uploads.map((u) => u.why)).toEqual(["too_large", "file_not_allowed", "offline"]);
  chat.say("words");
  await settle();
  expect(server.posted("conversation/messages").at(-1)?.body.files).toBeUndefined();
  expect(chat.state.uploads).toHaveLength(3);
});

it("A-079: a file that is taken back is dropped on the server too", async () => {
  pick();
  Up.all[0]!.answer(201, picture("att_1"));
  pick();
  for (const { key } of [...chat.state.uploads]) chat.files!.remove(key);
  await settle();
  expect(chat.state.uploads).toEqual([]);
  expect(Up.all[1]!.aborted).toBe(true);
  expect(server.posted("conversation/attachments/att_1")).toHaveLength(1);
});
