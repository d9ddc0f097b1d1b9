import type { Wire } from "@parley/protocol";
import { here } from "../panel/surface";

/** Why the server wants us to stay away, or "" while we may come back. */
type Stopped = "" | "signed_out" | "taken_over" | "revoked";

/** Link is how the connection stands; `downSince` and `retryAt` are in the browser's clock. */
export interface Link {
  state: "starting" | "up" | "retrying" | "stopped";
  downSince: number;
  retryAt: number;
  stopped: Stopped;
}

export interface Follow {
  /** The cursor to come back with. */
  after: () => number;
  ticket: () => Promise<string>;
  take: (wire: Wire) => void;
  link: (link: Link) => void;
}
export interface Follower {
  /** Tries at once if it is waiting: the network is back, the tab is looked at. */
  wake: () => void;
  /** Takes the connection as ended: the browser says that there is no network. */
  lose: () => void;
  stop: () => void;
}
/** Transport opens one connection and settles when it has ended, with its close code. */
export type Transport = (args: {
  address: string;
  ticket: string;
  signal: AbortSignal;
  message: (text: string) => void;
}) => Promise<number>;

const firstDelay = 500;
const longestDelay = 30_000;
/** The close code that stands for a ticket we may not have: the session is over. */
const sessionOver = 4502;
/** What stands for a code where no connection was tried: there was no ticket to be had. */
const untried = 0;
/** Silence after which a link counts as dead. The server speaks every 15 s, or ends an answer by 20 s. */
const silence = 40_000;
/** The close code of an answer that ended so that we ask on: a poll. */
const askOn = 4001;
/** Two answers are at least that far apart, however much happens. Unit: milliseconds. */
const pollPause = 250;
/** How long we stay with what got through before sockets get a chance again. Unit: milliseconds. */
const loyal = 600_000;

/** Carry is one way the news can come, and how long it may take to say its first word. */
interface Carry {
  transport: Transport;
  within: number;
  wait: string;
}

/** carries are tried in this order, sockets twice: each gets through where the one before does not. */
function carries({ webSocket, eventStream }: typeof ours): [Carry, Carry, Carry, Carry] {
  const socket = { transport: webSocket, within: 10_000, wait: "" };
  return [
    socket,
    socket,
    { transport: eventStream, within: 5_000, wait: "" }, // a proxy that holds answers back shows none of it
    { transport: eventStream, within: 10_000, wait: "&wait=0" },
  ];
}

/** delay is how long to wait before try number `n`: full jitter, 0.5 to 30 s. */
export function delay(n: number, random = Math.random): number {
  const ceiling = Math.min(longestDelay, firstDelay * 2 ** n);
  return Math.max(firstDelay, Math.round(random() * ceiling));
}

/** stoppedBy says what a close code means. Codes from 4500 on mean: stay away. */
export function stoppedBy(code: number): Stopped {
  if (code === 4500) return "signed_out";
  if (code === 4501) return "taken_over";
  return code >= 4500 && code < 5000 ? "revoked" : "";
}

/** webSocket carries frames as text; the ticket travels as a subprotocol. */
export const webSocket: Transport = ({ address, ticket, signal, message }) =>
  new Promise((done) => {
    const url = new URL(address, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url, ["parley", ticket]);
    socket.onmessage = (e) => message(String(e.data));
    socket.onclose = (e) => done(e.code);
    signal.addEventListener("abort", () => {
      socket.close();
      done(1000);
    });
  });

/** eventStream carries the same frames where sockets do not get through. */
export const eventStream: Transport = async ({ address, ticket, signal, message }) => {
  try {
    const response = await fetch(address, {
      headers: { Accept: "text/event-stream", "Parley-Ticket": ticket },
      credentials: "same-origin",
      cache: "no-store",
      signal,
    });
    if (!response.ok || !response.body) return 1006;
    return await readStream(response.body, message);
  } catch {
    return 1006;
  }
};

async function readStream(
  body: ReadableStream<Uint8Array>,
  message: (text: string) => void,
): Promise<number> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = "";
  let code = 1006;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return code;
    const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = block.split("\n").filter((l) => l.startsWith("data:"));
      if (lines.length === 0) continue; // a comment, to keep the line open
      const data = lines.map((l) => l.slice(5).trimStart()).join("\n");
      code = closeCode(data) ?? code;
      message(data);
    }
  }
}

/** closeCode returns the code of a stream's last message: a stream has no other. */
function closeCode(data: string): number | undefined {
  if (!data.startsWith('{"close"')) return undefined;
  return (JSON.parse(data) as Wire).close?.code;
}

const ours = { webSocket, eventStream };

/**
 * follow keeps one connection: a socket; an event stream after two sockets in a
 * row said nothing; answers that end where that says nothing either. One attempt
 * runs at a time; between two of them it waits `delay`. What `take` throws is
 * reported and never closes the link.
 */
export function follow(f: Follow, transports = ours): Follower {
  const ways = carries(transports);
  let stopped = false;
  let tries = 0;
  let mute = 0; // ways in a row that closed without a word
  let lowered = 0; // when sockets were given up
  let downSince = Date.now();
  let slot = 0; // when a server that goes asked us to come back
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  const tell = (state: Link["state"], retryAt = 0, why: Stopped = "") =>
    f.link({ state, downSince, retryAt, stopped: why });

  const heard = (text: string) => {
    let wire: Wire;
    try {
      wire = JSON.parse(text);
    } catch {
      return;
    }
    if (tries > 0 || downSince > 0) {
      tries = 0;
      downSince = 0;
      tell("up");
    }
    if (mute < 2) mute = 0;
    slot = wire.drain?.reconnect_after_ms ?? slot;
    try {
      f.take(wire);
    } catch (error) {
      console.error(error);
    }
  };

  async function attempt() {
    timer = undefined;
    const mine = new AbortController();
    running = mine;
    const way = ways[mute] ?? ways[0];
    let code = await once(f, mine, heard, way);
    while (code === askOn && !stopped) {
      await new Promise((done) => setTimeout(done, pollPause));
      code = await once(f, mine, heard, { ...way, within: silence, wait: "&wait=20" });
    }
    running = undefined;
    if (stopped) return;
    ended(code);
  }

  function ended(code: number) {
    const why = stoppedBy(code);
    if (why) {
      stopped = true;
      tell("stopped", 0, why);
      return;
    }
    if (downSince === 0) downSince = Date.now();
    else if (code !== untried) mute = mute >= 3 ? 0 : mute + 1; // when all ways failed, sockets get a chance again
    if (mute < 2) lowered = Date.now();
    else if (Date.now() - lowered > loyal) mute = 0;
    const wait = slot || delay(tries++);
    slot = 0;
    tell("retrying", Date.now() + wait);
    timer = setTimeout(attempt, wait);
  }

  tell("starting");
  void attempt();
  return {
    wake() {
      if (stopped || timer === undefined) return;
      clearTimeout(timer);
      void attempt();
    },
    lose() {
      running?.abort();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      running?.abort();
    },
  };
}

/** once runs one connection to its end and returns its close code, or untried. */
async function once(
  f: Follow,
  mine: AbortController,
  heard: (text: string) => void,
  { transport, within, wait }: Carry,
): Promise<number> {
  let watch: ReturnType<typeof setTimeout> | undefined;
  const rest = (time: number) => {
    clearTimeout(watch);
    watch = setTimeout(() => mine.abort(), time);
  };
  let code = untried;
  try {
    rest(silence);
    const ticket = await f.ticket();
    if (mine.signal.aborted) return untried;
    code = 1006;
    rest(within);
    return await transport({
      address: here(`/api/live?after=${f.after()}${wait}`),
      ticket,
      signal: mine.signal,
      message: (text) => {
        rest(silence);
        heard(text);
      },
    });
  } catch (error) {
    return (error as { status?: number }).status === 401 ? sessionOver : code;
  } finally {
    clearTimeout(watch);
  }
}
