import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Chat } from "./chat";
import { Server } from "./fake";
import "./history"; // here before it is asked for: loading waits for no clock of ours
import { obey } from "./host";
import type { Kept } from "./keep";

let server: Server;
let events: [string, unknown][];

/** load loads the frame as a page load does. */
async function load(entryPoint = "ent_demo"): Promise<Chat> {
  const chat = new Chat(entryPoint, {
    ready: () => {},
    open: (open, quiet) => events.push(["asks to be open", [open, quiet]]),
    unread: (n) => events.push(["unread", n]),
    event: (name, detail) => events.push([name, detail]),
  });
  await chat.boot();
  return chat;
}

/** open loads the frame and opens the window. */
async function open(): Promise<Chat> {
  const chat = await load();
  chat.show(true);
  await settle();
  return chat;
}

/** settle lets all that is due now, and every back-off, happen. */
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const texts = () => server.messages.filter((m) => m.sender === "customer").map((m) => m.text);

async function begin(question = "Where is my blanket?"): Promise<Chat> {
  const chat = await open();
  chat.ask("begin", { question });
  await settle(100);
  server.sockets.at(-1)?.tell({ hello: { now: 0, build: "test" } });
  return chat;
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  server.install();
  events = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("WEB-02: from the form to the queue", () => {
  it("shows the form, and the question is the first message", async () => {
    const chat = await open();
    expect(chat.state.view).toBe("form");
    chat.ask("begin", { question: "Hello?" });
    await settle(100);
    expect(chat.state.view).toBe("chat");
    expect(chat.state.mirror?.messages.map((m) => m.text)).toEqual(["Hello?"]);
  });

  it("begins one conversation although the first answer was lost", async () => {
    const chat = await open();
    server.loseAnswers = 1;
    chat.ask("begin", { question: "Hello?" });
    await settle(60_000);
    const asked = server.posted("/conversations");
    expect(asked.length).toBe(2);
    expect(new Set(asked.map((a) => a.body.client_id)).size).toBe(1);
    expect(texts()).toEqual(["Hello?"]);
    expect(chat.state.view).toBe("chat");
  });

  it("CNV-06: nobody is typing any more when the chat has ended", async () => {
    const chat = await begin();
    server.sockets.at(-1)?.tell({
      typing: { conversation: "cnv_1", by: "agent", name: "Amy", until_ms: Date.now() + 6_000 },
    });
    expect(chat.state.typing).toBe("Amy");
    server.state = "ended";
    obey(chat, "end", undefined);
    await settle(2_000);
    expect(chat.state.mirror?.conversation.state).toBe("ended");
    expect(chat.state.typing).toBe("");
  });

  it("keeps a question asked without network over a reload", async () => {
    const chat = await open();
    server.away = true;
    chat.ask("begin", { question: "Still there?" });
    await settle(5_000);
    expect(chat.state.link).not.toBe("up");
    server.away = false;
    server.entry.title = "again";
    const later = await open();
    await settle(60_000);
    expect(later.state.view).toBe("chat");
    expect(texts()).toEqual(["Still there?"]);
  });

  it("SCR-07: closed meanwhile, the question becomes the message to leave", async () => {
    const chat = await open();
    server.refuse.push({ path: "/conversations", status: 409, code: "closed" });
    server.entry = { ...server.entry, open: false };
    chat.ask("begin", { question: "Hello?" });
    await settle(100);
    expect(chat.state.view).toBe("leave");
    expect(chat.state.fields.text).toBe("Hello?");
    expect(chat.state.trouble?.code).toBe("closed");
  });

  const asksAgain = async (code: string): Promise<Chat> => {
    const chat = await begin();
    server.state = "ended";
    await chat.refresh();
    chat.again();
    server.refuse.push({ path: "/again", status: 409, code });
    server.entry = { ...server.entry, open: code !== "closed" };
    server.state = code === "closed" ? "ended" : "waiting";
    chat.ask("again", { question: "One more thing?" });
    await settle(1_000);
    expect(chat.state.trouble?.code).toBe(code);
    return chat;
  };

  it("SCR-07: so does that of another chat", async () => {
    const chat = await asksAgain("closed");
    expect(chat.state.view).toBe("leave");
    expect(chat.state.fields.text).toBe("One more thing?");
    expect(events.filter(([name]) => name === "offline_form").length).toBe(1);
  });

  it("CNV-03: begun again in another tab, the question stands ready to be sent there", async () => {
    const chat = await asksAgain("conversation_open");
    expect(chat.state.view).toBe("chat");
    expect(chat.state.draft).toBe("One more thing?");
  });
});

it("WEB-04: the site is told who ended the chat, and an end is no field of the next beginning", async () => {
  const chat = await begin();
  obey(chat, "end", undefined);
  server.state = "ended";
  await settle(1_000);
  expect(events).toContainEqual(["end", { reason: "api" }]);
  expect(chat.state.fields).not.toHaveProperty("by");
});

it("WEB-04: a site's start begins also while the form is still being fetched", async () => {
  const chat = await load();
  expect(chat.state.entry).toBeNull();
  obey(chat, "setCustomerInfo", { question: "Hello?" });
  obey(chat, "start", undefined);
  await settle(100);
  expect(texts()).toEqual(["Hello?"]);
});

it("sends only what a conversation may begin with", async () => {
  const chat = await open();
  chat.ask("begin", { question: "Hello?", text: "of another form", name: "" });
  await settle(100);
  const { client_id, language, page, zone_offset, ...said } = server.posted("/conversations")[0]!.body;
  expect([client_id, language, page, zone_offset].every((v) => v !== undefined)).toBe(true);
  expect(said).toEqual({ question: "Hello?" });
});

describe("R-55: messages typed offline", () => {
  it("sends 30 of them once, in order, though answers are lost", async () => {
    const chat = await begin();
    server.away = true;
    const typed = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`);
    for (const text of typed) chat.say(text);
    await settle(120_000);
    expect(chat.state.outbox.length).toBe(30);
    server.away = false;
    server.loseAnswers = 5;
    await settle(600_000);
    expect(texts().slice(1)).toEqual(typed);
    expect(server.loseAnswers).toBe(0);
    expect(chat.state.outbox).toEqual([]);
    expect(chat.state.mirror?.messages.slice(1).map((m) => m.text)).toEqual(typed);
  });

  it("sends them after a reload too", async () => {
    const chat = await begin();
    server.away = true;
    chat.say("one");
    chat.say("two");
    await settle(1_000);
    server.away = false;
    await open();
    await settle(120_000);
    expect(texts().slice(1)).toEqual(["one", "two"]);
  });

  it("CNV-03: a refused message stays, says so, and can be sent again", async () => {
    const chat = await begin();
    server.refuse.push({ path: "/messages", status: 422, code: "text_too_long" });
    chat.say("long");
    chat.say("short");
    await settle(1_000);
    expect(chat.state.outbox.map((p) => [p.text, p.failed])).toEqual([["long", "text_too_long"]]);
    expect(texts().slice(1)).toEqual(["short"]);
    chat.outbox.retry(chat.state.outbox[0]!.client_id);
    await settle(1_000);
    expect(texts().slice(1)).toEqual(["short", "long"]);
  });
});

describe("WEB-07: the same chat after a reload", () => {
  it("resumes by its token", async () => {
    await begin();
    server.state = "chatting";
    server.say("agent", "Hello!");
    const chat = await open();
    await settle(1_000);
    expect(chat.state.view).toBe("chat");
    expect(chat.state.mirror?.conversation.state).toBe("chatting");
    expect(chat.state.mirror?.messages.length).toBe(2);
  });

  const asked = async () => {
    events = [];
    const chat = await load();
    await settle(1_000);
    expect(chat.state.mirror).not.toBeNull();
    return events.filter(([name]) => name === "asks to be open");
  };

  const seqs = (chat: Chat) => chat.state.mirror?.messages.map((m) => m.seq);
  const all = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  const talk = (lines: number) => {
    for (let n = 0; n < lines; n++) server.say("agent", `line ${n}`);
  };

  it("UX-63: has all of a long chat, not only its newest lines", async () => {
    await begin();
    talk(119);
    const chat = await open();
    await settle(1_000);
    expect(seqs(chat)).toEqual(all(120));
  });

  it("RES-04: has all of it where more was missed than comes at once", async () => {
    const chat = await begin();
    talk(119);
    server.sockets.at(-1)!.tell({ frame: { from: server.n - 1, to: server.n, events: [] } });
    await settle(1_000);
    expect(seqs(chat)).toEqual(all(120));
    expect(server.seen.filter((s) => s.path.includes("before=")).length).toBe(2);
  });

  it("shows the newest where the rest cannot be had now", async () => {
    await begin();
    talk(119);
    server.refuse.push({ path: "before=71", status: 429, code: "rate_limited" });
    const chat = await open();
    await settle(1_000);
    expect(seqs(chat)).toEqual(all(120).slice(70));
    await chat.refresh();
    expect(seqs(chat)).toEqual(all(120));
  });

  it("is open again where it was open, and takes no focus from the page", async () => {
    const chat = await begin();
    expect(await asked()).toEqual([["asks to be open", [true, true]]]);
    chat.show(false);
    expect(await asked()).toEqual([]);
  });

  it("stays closed when the conversation has ended meanwhile", async () => {
    await begin();
    server.state = "ended";
    expect(await asked()).toEqual([]);
  });

  it("leaves the form of a message open whose network came and went (RES-04)", async () => {
    const chat = await begin();
    server.state = "ended";
    await chat.refresh();
    chat.set({ view: "leave" });
    await chat.refresh();
    expect(chat.state.view).toBe("leave");
  });

  it("starts afresh when the token is good no more, with what was not said as the question", async () => {
    const chat = await begin();
    server.expire();
    chat.say("unsaid");
    await settle(1_000);
    expect(chat.state.view).toBe("form");
    expect(chat.state.fields.question).toBe("unsaid");
    expect(chat.state.trouble?.code).toBe("expired");
  });
});

describe("UX-64: a chat that another tab begins", () => {
  const job = { kind: "begin" as const, client_id: "by-the-other", fields: { question: "Hello?" } };
  let leave: () => void;
  let chat: Chat;
  const otherTab = (change: Partial<Kept>) => {
    chat.keep.write(change);
    window.dispatchEvent(new StorageEvent("storage", { key: "parley.ent_tabs" }));
  };

  beforeEach(async () => {
    chat = await load("ent_tabs"); // which no other test listens to
    await settle(100);
    const left = new Promise<void>((done) => {
      leave = done;
    });
    const request = (_: string, run: () => Promise<void>) => left.then(run);
    vi.stubGlobal("navigator", { onLine: true, language: "en", locks: { request } });
    otherTab({ job });
    await settle(100);
    expect(server.posted("/conversations")).toEqual([]);
  });

  it("is begun here when that tab is closed before it is", async () => {
    leave();
    await settle(100);
    expect(texts()).toEqual(["Hello?"]);
    expect(chat.state.view).toBe("chat");
  });

  it("goes on here once it is begun there", async () => {
    const begun = await fetch("/api/public/entry-points/ent_tabs/conversations", {
      method: "POST",
      body: JSON.stringify({ ...job.fields, client_id: job.client_id }),
    });
    otherTab({ job: null, token: (await begun.json()).token });
    leave();
    await settle(100);
    expect(server.posted("/conversations").length).toBe(1);
    expect(chat.state.view).toBe("chat");
    expect(chat.state.mirror?.messages.map((m) => m.text)).toEqual(["Hello?"]);
  });
});

describe("RES-04: the news", () => {
  it("takes frames, and fetches the whole when one is missing", async () => {
    const chat = await begin();
    const socket = server.sockets.at(-1)!;
    const from = server.n;
    const message = server.say("agent", "Hello!");
    socket.tell({
      frame: { from, to: server.n, events: [{ n: server.n, at: 0, type: "message_added", message }] },
    });
    expect(chat.state.mirror?.messages.at(-1)?.text).toBe("Hello!");
    server.say("agent", "lost on the way");
    server.say("agent", "and this");
    socket.tell({ frame: { from: server.n - 1, to: server.n, events: [] } });
    await settle(100);
    expect(chat.state.mirror?.messages.map((m) => m.text).slice(1)).toEqual([
      "Hello!",
      "lost on the way",
      "and this",
    ]);
  });

  it("R-51: a fault while taking news ends in a snapshot, not in a loop", async () => {
    const chat = await begin();
    const asked = server.seen.length;
    server.say("agent", "Hello!");
    server.sockets.at(-1)!.tell({ frame: { from: server.n - 1, to: server.n, events: [null] } });
    await settle(10_000);
    expect(chat.state.mirror?.messages.at(-1)?.text).toBe("Hello!");
    expect(server.seen.slice(asked).filter((s) => s.path.endsWith("conversation")).length).toBe(1);
    expect(server.sockets.length).toBe(1);
  });

  it("ux 9: news that flow end the banner of a broken link, whatever it was shown for", async () => {
    const chat = await begin();
    for (let n = 0; n < 2; n++) server.refuse.push({ path: "/end", status: 503, code: "unavailable" });
    chat.ask("end", { by: "user" });
    await settle(5_000);
    expect(server.posted("/end").length).toBe(3);
    expect(chat.state.link).toBe("slow");
    server.sockets.at(-1)!.tell({ frame: { from: server.n, to: server.n, events: [] } });
    expect(chat.state.link).toBe("up");
  });

  it("counts what is unread while the window is closed", async () => {
    const chat = await begin();
    chat.show(false);
    const from = server.n;
    const message = server.say("agent", "Hello!");
    server.sockets
      .at(-1)!
      .tell({ frame: { from, to: server.n, events: [{ n: server.n, at: 0, type: "x", message }] } });
    expect(chat.state.unread).toBe(1);
    chat.show(true);
    expect(chat.state.unread).toBe(0);
    await settle(1_000);
    expect(server.posted("/receipt").at(-1)?.body).toEqual({ delivered: 2, read: 2 });
  });
});

it("LOC-02: of two wishes for a language the last one counts, however slow its words are", async () => {
  const chat = await open();
  const slow: (() => void)[] = [];
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) =>
    path.includes("/en")
      ? new Promise((done) => slow.push(() => done(Response.json({ loading: "en" }))))
      : fetch(path, init),
  );
  obey(chat, "language", "en");
  obey(chat, "language", "fr");
  await settle(100);
  for (const answer of slow) answer();
  await settle(100);
  expect(chat.state.language).toBe("fr-CA");
});

it("LOC-02: the greeting is in the language of the site, however late the first answer comes", async () => {
  let answer = () => {};
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (path: string, init?: RequestInit) =>
    path.includes("language=en")
      ? new Promise((done) => {
          answer = () => done(fetch(path, init));
        })
      : fetch(path, init),
  );
  const chat = await load();
  obey(chat, "language", "fr");
  await settle(100);
  answer();
  await settle(100);
  expect(chat.state.entry).not.toBeNull();
  expect(server.seen.at(-1)?.path).toContain("language=fr-CA");
});

it("WEB-05: the variables of the site go along when the chat begins; a later set replaces them", async () => {
  const chat = await open();
  obey(chat, "set", { plan: "gold", gone: "x" });
  obey(chat, "set", { plan: "silver" });
  obey(chat, "set", "nothing of use");
  obey(chat, "set", null);
  obey(chat, "set", { plan: "silver" });
  obey(chat, "set", { plan: "x".repeat(10_000) });
  obey(chat, "setCustomerInfo", { name: "Marie" });
  chat.ask("begin", { ...chat.state.fields, question: "Hello?" });
  await settle(100);
  const begun = server.seen.find((s) => s.path.endsWith("/conversations"));
  expect(begun?.body).toMatchObject({ name: "Marie", variables: { plan: "silver" } });
  expect(begun?.body.variables).toEqual({ plan: "silver" });
  expect(begun?.body).not.toHaveProperty("$");
});

describe("A-037: another customer in the same browser", () => {
  it("resetCustomerInfo leaves nothing of the first", async () => {
    const chat = await begin("my secret");
    obey(chat, "resetCustomerInfo", undefined);
    await settle(1_000);
    expect(chat.state.view).toBe("form");
    expect(chat.state.mirror).toBeNull();
    expect(JSON.stringify(localStorage)).not.toMatch(/vt_|secret/);
    expect(server.sockets.every((s) => s.closed)).toBe(true);
  });

  it("so does the name of another customer", async () => {
    const chat = await open();
    obey(chat, "setCustomerInfo", { account_number: "1001", name: "Marie" });
    chat.ask("begin", { question: "my secret" });
    await settle(100);
    obey(chat, "setCustomerInfo", { account_number: "1001", name: "Marie T." });
    expect(chat.state.mirror).not.toBeNull();
    obey(chat, "setCustomerInfo", { account_number: "1002", name: "Noah" });
    expect(chat.state.mirror).toBeNull();
    expect(chat.state.fields).toEqual({ account_number: "1002", name: "Noah" });
  });

  it("an answer on its way to the first is not given to the second", async () => {
    const chat = await open();
    chat.ask("begin", { question: "my secret" });
    chat.reset();
    await settle(10_000);
    expect(chat.keep.read().token).toBe("");
    expect(chat.state.mirror).toBeNull();
  });
});
