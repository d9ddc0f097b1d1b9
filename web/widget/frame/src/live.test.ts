import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "./events"; // here before it is asked for: loading waits for no clock of ours
import { Server } from "./fake";
import { type Feed, follow } from "./live";
import { Bell, backoff } from "./wait";

const hello = { hello: { now: 0, build: "test" } };
let server: Server;
let tickets: number;
let streams: number;

function feed(): Feed & { heard: unknown[]; ended: boolean } {
  const f = {
    heard: [] as unknown[],
    ended: false,
    ticket: async () => `tkt_${++tickets}`,
    after: () => 7,
    take: (wire: unknown) => void f.heard.push(wire),
    link: () => {},
    poll: async () => {},
    over: () => {
      f.ended = true;
    },
  };
  return f;
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new Server();
  server.install();
  tickets = 0;
  streams = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** stream answers the live door with events, cut anywhere. */
function stream(...chunks: string[]): void {
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    streams++;
    expect(new Headers(init.headers).get("Parley-Ticket")).toMatch(/^tkt_/);
    const bytes = chunks.map((c) => new TextEncoder().encode(c));
    return new Response(new ReadableStream({ start: (to) => bytes.forEach((b) => void to.enqueue(b)) }));
  });
}

/** noSockets refuses two sockets and waits until the next way has been tried. */
async function noSockets(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await vi.advanceTimersByTimeAsync(4_000);
    server.sockets[i]?.close(1006);
  }
  await vi.advanceTimersByTimeAsync(4_000);
}

/** answers gives each question at the live door its answer: what it says at once, or nothing until it is given up. */
function answers(...all: (unknown[] | "held")[]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    const said = all[asked.push(address) - 1] ?? "held";
    if (said === "held")
      return new Promise((_, fail) =>
        init.signal!.addEventListener("abort", () => fail(new Error("given up"))),
      );
    return new Response(said.map((wire) => `data: ${JSON.stringify(wire)}\n\n`).join(""));
  });
  return asked;
}

describe("the news", () => {
  it("R-53: back-off is full jitter from 0.5 s to 30 s", () => {
    expect(Array.from({ length: 9 }, (_, i) => backoff(i, () => 1))).toEqual([
      500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000,
    ]);
    expect(backoff(5, () => 0)).toBe(0);
  });

  it("carries ticket and cursor, no token in the address (A-034)", async () => {
    follow(feed(), new Bell(), new AbortController().signal);
    await vi.advanceTimersByTimeAsync(0);
    const [socket] = server.sockets;
    expect(socket!.protocols).toEqual(["parley", "tkt_1"]);
    expect(socket!.url.search).toBe("?after=7");
  });

  it("takes server-sent events after two sockets without a hello, cut at any byte", async () => {
    const f = feed();
    stream(
      "da",
      `ta: ${JSON.stringify(hello)}\n`,
      "\n: ping\n\nda",
      'ta: {"gauges":{"position":2,"ahead":1}}\r\n\r\n',
    );
    const stop = new AbortController();
    follow(f, new Bell(), stop.signal);
    await noSockets();
    expect([server.sockets.length, streams]).toEqual([2, 1]);
    expect(f.heard).toEqual([hello, { gauges: { position: 2, ahead: 1 } }]);
    stop.abort();
  });

  it("a stream of events says that it is over as its last word", async () => {
    const f = feed();
    stream(`data: ${JSON.stringify(hello)}\n\ndata: {"close":{"code":4502,"why":"revoked"}}\n\n`);
    follow(f, new Bell(), new AbortController().signal);
    await noSockets();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([f.ended, streams]).toEqual([true, 1]);
  });

  it("R-57: asks for answers that end where a stream is held back", async () => {
    const f = feed();
    const ask = { close: { code: 4001, why: "ask on" } };
    const asked = answers("held", [hello, ask], [{ gauges: { position: 2, ahead: 1 } }, ask], "held");
    const stop = new AbortController();
    const links: boolean[] = [];
    f.link = (up: boolean) => void links.push(up);
    follow(f, new Bell(), stop.signal);
    await noSockets();
    expect(asked).toEqual(["/api/public/live?after=7"]);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(asked.slice(1)).toEqual([
      "/api/public/live?after=7&wait=0",
      "/api/public/live?after=7&wait=20",
      "/api/public/live?after=7&wait=20",
    ]);
    expect(f.heard).toEqual([hello, { gauges: { position: 2, ahead: 1 } }]);
    expect(links.at(-1)).toBe(true);
    stop.abort();
  });

  it("A-044: an answer that ends with the conversation's key is the last", async () => {
    const f = feed();
    const asked = answers("held", [hello, { close: { code: 4502, why: "revoked" } }]);
    follow(f, new Bell(), new AbortController().signal);
    await noSockets();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([f.ended, asked.length]).toEqual([true, 2]);
  });

  it("R-51: one try per back-off step, also when a handler throws", async () => {
    const f = feed();
    f.take = () => {
      throw new Error("a handler of ours");
    };
    vi.stubGlobal("Math", Object.assign(Object.create(Math), { random: () => 1 }));
    follow(f, new Bell(), new AbortController().signal);
    await vi.advanceTimersByTimeAsync(0);
    server.sockets[0]!.tell(hello);
    await vi.advanceTimersByTimeAsync(499);
    expect(server.sockets.length).toBe(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(server.sockets.length).toBe(2);
  });

  it("gives up a link that is silent, and comes back", async () => {
    follow(feed(), new Bell(), new AbortController().signal);
    await vi.advanceTimersByTimeAsync(0);
    server.sockets[0]!.tell(hello);
    await vi.advanceTimersByTimeAsync(39_000);
    expect(server.sockets[0]!.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.sockets[0]!.closed).toBe(true);
    expect(server.sockets.length).toBe(2);
  });

  it.each([
    [4008, false],
    [1006, false],
    [4500, true],
    [4502, true],
  ])("close code %i stays away: %s", async (code, away) => {
    const f = feed();
    follow(f, new Bell(), new AbortController().signal);
    await vi.advanceTimersByTimeAsync(0);
    server.sockets[0]!.tell(hello);
    server.sockets[0]!.close(code);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(f.ended).toBe(away);
    expect(server.sockets.length).toBe(away ? 1 : 2);
  });
});
