import type { VisitorWire } from "@parley/protocol/visitor";
import { Refusal } from "./api";
import { type Bell, backoff } from "./wait";

/** Feed is what `follow` needs to know and whom it tells. */
export interface Feed {
  ticket(): Promise<string>;
  /** The cursor: news after this entry of the log. */
  after(): number;
  take(wire: VisitorWire): void;
  /** Called when news flow, and when they stop. */
  link(up: boolean): void;
  /** Called before each new try after one that brought no news at all: ask for the whole instead. */
  poll(): Promise<void>;
  /** The server will not have us back; nothing follows. */
  over(): void;
}

/** Silence that long means the link is dead: the server sends an empty frame every 15 s. Unit: milliseconds. */
const silence = 40_000;
/** A try that has not said hello by then brings nothing. Unit: milliseconds. */
const greeting = 10_000;

type Carry = (
  feed: Feed,
  ticket: string,
  heard: (wire: VisitorWire) => void,
  stop: AbortSignal,
) => Promise<void>;

/**
 * follow keeps the news flowing until `stop`: by WebSocket, and by server-sent
 * events once two sockets in a row have failed. One try per back-off step,
 * whatever goes wrong in it.
 *
 * Source, RES-04.
 */
export async function follow(feed: Feed, bell: Bell, stop: AbortSignal): Promise<void> {
  let failures = 0;
  let sockets = 0;
  while (!stop.aborted) {
    const carry = sockets < 2 ? bySocket : byEvents;
    const outcome = await once(feed, carry, stop);
    if (stop.aborted) return;
    feed.link(false);
    if (outcome === "over") return feed.over();
    failures = outcome === "news" ? 0 : failures + 1;
    if (carry === bySocket && outcome === "silence") sockets++;
    await bell.pause(backoff(failures));
    if (outcome === "silence" && !stop.aborted) await feed.poll().catch(() => {});
  }
}

/** once makes one try and says what it brought. */
async function once(
  feed: Feed,
  carry: Carry,
  stop: AbortSignal,
): Promise<"news" | "silence" | "over" | "nothing"> {
  const end = new AbortController();
  const quit = () => end.abort();
  stop.addEventListener("abort", quit);
  let timer = setTimeout(quit, greeting);
  let greeted = false;
  let ticketed = false;
  try {
    const ticket = await feed.ticket();
    ticketed = true;
    await carry(
      feed,
      ticket,
      (wire) => {
        clearTimeout(timer);
        timer = setTimeout(quit, silence);
        if (wire.hello) {
          greeted = true;
          feed.link(true);
        }
        feed.take(wire);
      },
      end.signal,
    );
  } catch (error) {
    if (error instanceof Away || (error instanceof Refusal && [401, 403, 404].includes(error.status)))
      return "over";
  } finally {
    clearTimeout(timer);
    end.abort();
    stop.removeEventListener("abort", quit);
  }
  return greeted ? "news" : ticketed ? "silence" : "nothing";
}

/** Away is the server's wish that we do not come back (close codes 4500 to 4999). */
class Away extends Error {}
const stays = (code: number): boolean => code >= 4500 && code <= 4999;

const bySocket: Carry = (feed, ticket, heard, stop) =>
  new Promise((done, fail) => {
    const url = new URL(`/api/public/live?after=${feed.after()}`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url, ["parley", ticket]);
    stop.addEventListener("abort", () => socket.close());
    socket.onmessage = (message) => {
      try {
        heard(JSON.parse(message.data));
      } catch (error) {
        socket.close();
        fail(error);
      }
    };
    socket.onclose = ({ code }) => (stays(code) ? fail(new Away()) : done());
  });

const byEvents: Carry = async (feed, ticket, heard, stop) => {
  const response = await fetch(`/api/public/live?after=${feed.after()}`, {
    headers: { Accept: "text/event-stream", "Parley-Ticket": ticket },
    signal: stop,
    cache: "no-store",
    credentials: "omit",
  });
  if (!response.ok || !response.body) throw new Error(`live ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split(/\r?\n\r?\n/);
    rest = parts.pop()!;
    for (const part of parts) {
      const lines = part.split(/\r?\n/).filter((line) => line.startsWith("data:"));
      if (!lines.length) continue;
      const wire: VisitorWire = JSON.parse(lines.map((line) => line.slice(5)).join("\n"));
      if (wire.close) {
        if (stays(wire.close.code)) throw new Away();
        return;
      }
      heard(wire);
    }
  }
};
