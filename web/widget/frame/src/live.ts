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
/** A try that has not said hello by then brings nothing: maybe it is held back. Unit: milliseconds. */
const greeting = 6_000;

/** Carry is one way the news can come; it returns the close code. */
export type Carry = (
  feed: Feed,
  ticket: string,
  heard: (wire: VisitorWire) => void,
  stop: AbortSignal,
) => Promise<number>;

/**
 * follow keeps the news flowing until `stop`: by WebSocket; by server-sent events
 * once two sockets in a row have failed; by answers that end where that fails too.
 * One try per back-off step, whatever goes wrong in it.
 *
 * Source, RES-04.
 */
export async function follow(feed: Feed, bell: Bell, stop: AbortSignal): Promise<void> {
  let failures = 0;
  let mute = 0; // ways in a row that said nothing
  while (!stop.aborted) {
    const outcome = await once(feed, ways[mute]!, stop);
    if (stop.aborted) return;
    feed.link(false);
    if (outcome === "over") return feed.over();
    failures = outcome === "news" ? 0 : failures + 1;
    if (outcome === "silence") mute = (mute + 1) % 4;
    else if (mute < 2) mute = 0;
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
  let code = 0;
  try {
    const ticket = await feed.ticket();
    ticketed = true;
    code = await carry(
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
    if (error instanceof Refusal && [401, 403, 404].includes(error.status)) code = 4500;
  } finally {
    clearTimeout(timer);
    end.abort();
    stop.removeEventListener("abort", quit);
  }
  if (code >= 4500 && code <= 4999) return "over"; // the server's wish that we do not come back
  return greeted ? "news" : ticketed ? "silence" : "nothing";
}

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
    socket.onclose = ({ code }) => done(code);
  });

/** later loads what few networks need. */
const later =
  (how: "byEvents" | "byPolls"): Carry =>
  async (...all) =>
    (await import("./events"))[how](...all);
const ways = [bySocket, bySocket, later("byEvents"), later("byPolls")];
