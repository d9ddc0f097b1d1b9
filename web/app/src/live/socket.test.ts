import type { Wire } from "@parley/protocol";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { delay, eventStream, type Follow, follow, type Link, stoppedBy, type Transport } from "./socket";

type Open = {
  kind: "socket" | "stream";
  say: (w: Wire) => void;
  end: (code: number) => void;
  address: string;
};

/** network stands in for the browser's: each attempt is recorded and ended by the test. */
function network() {
  const opened: Open[] = [];
  const make =
    (kind: Open["kind"]): Transport =>
    ({ address, message, signal }) =>
      new Promise((done) => {
        opened.push({ kind, address, say: (w) => message(JSON.stringify(w)), end: done });
        signal.addEventListener("abort", () => done(1006));
      });
  return { opened, webSocket: make("socket"), eventStream: make("stream") };
}

function begin(but: Partial<Follow> = {}) {
  const net = network();
  const links: Link[] = [];
  const heard: Wire[] = [];
  const follower = follow(
    {
      after: () => 41,
      ticket: async () => "ticket",
      take: (w) => heard.push(w),
      link: (l) => links.push(l),
      ...but,
    },
    net,
  );
  return { net, links, heard, follower };
}
const hello: Wire = { hello: { now: 1, build: "a" } };
const settle = () => vi.advanceTimersByTimeAsync(0);
/** soon is past the wait between two tries, which is the shortest here: nothing is left to chance. */
const soon = () => vi.advanceTimersByTimeAsync(600);

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("follow", () => {
  test("RES-04: it comes back with its cursor", async () => {
    const { net } = begin();
    await settle();
    expect(net.opened[0]?.address).toContain("after=41");
  });
  test("RES-04: two mute sockets in a row, then an event stream", async () => {
    const { net } = begin();
    await settle();
    net.opened[0]!.end(1006);
    await soon();
    net.opened[1]!.end(1006);
    await soon();
    expect(net.opened.map((o) => o.kind)).toEqual(["socket", "socket", "stream"]);
  });
  /** held is a network that lets no socket through and holds streams back. */
  async function held() {
    const b = begin();
    for (let k = 0; k < 2; k++) {
      await soon();
      b.net.opened[k]!.end(1006);
    }
    await soon();
    expect(b.net.opened).toHaveLength(3); // the stream, of which nothing comes
    await vi.advanceTimersByTimeAsync(6_000);
    return b;
  }
  test("R-57: a stream of which nothing comes is given up for answers that end", async () => {
    const { net, links } = await held();
    expect(net.opened[3]?.address).toContain("after=41&wait=0");
    net.opened[3]!.say(hello);
    net.opened[3]!.say({ close: { code: 4001, why: "ask on" } });
    net.opened[3]!.end(4001);
    await vi.advanceTimersByTimeAsync(250);
    expect(net.opened[4]?.address).toContain("after=41&wait=20");
    await vi.advanceTimersByTimeAsync(20_000); // held back until it is whole
    net.opened[4]!.end(4001);
    await vi.advanceTimersByTimeAsync(250);
    expect(net.opened).toHaveLength(6);
    expect(links.at(-1)?.state).toBe("up");
    expect(links.filter((l) => l.state === "up")).toHaveLength(1);
  });
  test("R-57: what got through is asked first after a break, sockets again after a while", async () => {
    const { net } = await held();
    net.opened[3]!.say(hello);
    net.opened[3]!.end(1006);
    await soon();
    expect(net.opened[4]?.address).toContain("wait=0");
    net.opened[4]!.say(hello);
    for (let k = 4; k < 40; k++) {
      net.opened[k]!.end(4001);
      await vi.advanceTimersByTimeAsync(20_000);
      net.opened[k + 1]!.say(hello);
    }
    net.opened[40]!.end(1006);
    await soon();
    expect(net.opened[41]?.kind).toBe("socket");
  });
  test("A-044: an answer that ends with the session stays away", async () => {
    const { net, links } = await held();
    net.opened[3]!.say(hello);
    net.opened[3]!.end(4001);
    await vi.advanceTimersByTimeAsync(250);
    net.opened[4]!.end(4502);
    await soon();
    expect(net.opened).toHaveLength(5);
    expect(links.at(-1)).toMatchObject({ state: "stopped", stopped: "revoked" });
  });
  test("RES-04: a socket that spoke is tried again as a socket", async () => {
    const { net } = begin();
    for (let k = 0; k < 3; k++) {
      await soon();
      net.opened[k]!.say(hello);
      net.opened[k]!.end(1006);
    }
    await soon();
    expect(net.opened.every((o) => o.kind === "socket")).toBe(true);
  });
  test("UX-45: without a network the link counts as lost at once, and comes back when woken", async () => {
    const { net, links, follower } = begin();
    await settle();
    net.opened[0]!.say(hello);
    follower.lose();
    await settle();
    expect(links.at(-1)?.state).toBe("retrying");
    follower.wake();
    await settle();
    net.opened[1]!.say(hello);
    expect(links.at(-1)?.state).toBe("up");
  });
  test("RES-04: a network that was away is no proxy that sockets do not get through", async () => {
    let away = true;
    const { net } = begin({
      ticket: async () => {
        if (away) throw new TypeError("Failed to fetch");
        return "ticket";
      },
    });
    for (let k = 0; k < 4; k++) await soon();
    away = false;
    await soon();
    expect(net.opened.map((o) => o.kind)).toEqual(["socket"]);
  });
  test("A-041: one attempt at a time, however often it is woken", async () => {
    const { net, follower } = begin();
    await settle();
    net.opened[0]!.end(1006);
    await settle();
    for (let k = 0; k < 5; k++) follower.wake();
    await settle();
    expect(net.opened).toHaveLength(2);
  });
  test("SEC-08: taken over, signed out and revoked stay away", async () => {
    for (const [code, why] of [
      [4500, "signed_out"],
      [4501, "taken_over"],
      [4502, "revoked"],
    ] as const) {
      const { net, links } = begin();
      await settle();
      net.opened[0]!.end(code);
      await soon();
      expect(net.opened).toHaveLength(1);
      expect(links.at(-1)).toMatchObject({ state: "stopped", stopped: why });
    }
  });
  test("UX-49: no ticket without a session: it stays away, and nothing is forgotten", async () => {
    const { net, links } = begin({ ticket: () => Promise.reject({ status: 401 }) });
    await soon();
    expect(net.opened).toHaveLength(0);
    expect(links.at(-1)).toMatchObject({ state: "stopped", stopped: "revoked" });
  });
  test("RES-04: a server that is away is asked again", async () => {
    const tickets = [Promise.reject({ status: 503 }), Promise.resolve("ticket")];
    for (const t of tickets) t.catch(() => undefined);
    const { net } = begin({ ticket: () => tickets.shift()! });
    await soon();
    expect(net.opened).toHaveLength(1);
  });
  test("R-50: a slow reader that is closed comes back", async () => {
    const { net } = begin();
    await settle();
    net.opened[0]!.say(hello);
    net.opened[0]!.end(4008);
    await soon();
    expect(net.opened).toHaveLength(2);
  });
  test("a handler that throws neither closes nor repeats the link", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { net, links } = begin({
      take: () => {
        throw new Error("a fault in the mirror");
      },
    });
    await settle();
    net.opened[0]!.say(hello);
    net.opened[0]!.say(hello);
    await settle();
    expect(net.opened).toHaveLength(1);
    expect(links.at(-1)?.state).toBe("up");
    expect(said).toHaveBeenCalledTimes(2);
    said.mockRestore();
  });
  test("a link that falls silent counts as dead", async () => {
    const { net } = begin();
    await settle();
    net.opened[0]!.say(hello);
    await vi.advanceTimersByTimeAsync(39_000);
    expect(net.opened).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(net.opened.length).toBeGreaterThan(1);
  });
  test("R-53: a server that goes says when to come back", async () => {
    const { net, links } = begin();
    await settle();
    net.opened[0]!.say(hello);
    net.opened[0]!.say({ drain: { reconnect_after_ms: 7000 } });
    net.opened[0]!.end(1012);
    await settle();
    expect((links.at(-1)?.retryAt ?? 0) - Date.now()).toBe(7000);
  });
  test("stopped, it never comes back", async () => {
    const { net, follower } = begin();
    await settle();
    follower.stop();
    await soon();
    expect(net.opened).toHaveLength(1);
  });
});

test("RES-04: an event stream says the same as a socket, close code and all", async () => {
  const lines = [
    ": hello",
    'data: {"hello":{"now":1,"build":"a"}}',
    'data: {"close":{"code":4501,"why":"taken_over"}}',
  ];
  const body = new Response(lines.map((l) => `${l}\n\n`).join("")).body;
  const fetched = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response(body));
  const heard: string[] = [];
  const signal = new AbortController().signal;
  const code = await eventStream({
    address: "/api/live",
    ticket: "t",
    signal,
    message: (m) => heard.push(m),
  });
  expect(code).toBe(4501);
  expect(heard).toHaveLength(2);
  fetched.mockRestore();
});

test("delay: full jitter between half a second and thirty", () => {
  expect(delay(0, () => 0)).toBe(500);
  expect(delay(3, () => 0.5)).toBe(2000);
  expect(delay(40, () => 1)).toBe(30_000);
});

test("stoppedBy: codes below 4500 may come back", () => {
  expect([1000, 1006, 1008, 4008, 4499].map(stoppedBy)).toEqual(["", "", "", "", ""]);
  expect(stoppedBy(4999)).toBe("revoked");
});
