import type { Interaction } from "@parley/protocol";
import type { Live } from "../live/reduce";
import { isParked } from "./park";

/** offerOf returns the offer that rings for this person, oldest first; promise P5 says there is one at most. */
export function offerOf(live: Live): Interaction | null {
  const ringing = Object.values(live.interactions).filter(
    (i) => i.state === "offered" && i.offer?.agent_id === live.me.id,
  );
  return ringing.sort((a, b) => a.offer!.made_at - b.offer!.made_at)[0] ?? null;
}

/** isMine tells whether a row belongs in this person's list. */
export function isMine(i: Interaction, me: string): boolean {
  if (i.state === "parked") return isParked(i, me);
  return i.agent?.id === me && (i.state === "active" || i.state === "wrapup" || i.unviewed);
}

/** byNetwork tells a conversation on a network: nobody is there or away, and nobody leaves (SMS-06). */
export function byNetwork(i: Interaction): boolean {
  return i.visitor.address !== "";
}

/** inGroup tells a conversation of a group: nobody is answered there. Source: networks.md 2. */
export function inGroup(i: Interaction): boolean {
  return i.visitor.address.startsWith("group:");
}

/** handleOf is the customer's number or name on their network. */
export function handleOf(i: Interaction): string {
  const { visitor: v } = i;
  if (v.phone || inGroup(i)) return v.phone;
  return v.handle ? `@${v.handle}` : v.address;
}

/** rows returns this person's interactions in their order, without what is laid aside (WSP-01). */
export function rows(
  interactions: Record<string, Interaction>,
  me: string,
  order: "oldest" | "waiting",
): Interaction[] {
  const mine = Object.values(interactions).filter((i) => i.state !== "parked" && isMine(i, me));
  const oldest = (a: Interaction, b: Interaction) =>
    (a.accepted_at || a.created_at) - (b.accepted_at || b.created_at) || a.number - b.number;
  if (order === "oldest") return mine.sort(oldest);
  const clock = (i: Interaction) => waitsFrom(i) || Number.POSITIVE_INFINITY;
  return mine.sort((a, b) => {
    const [x, y] = [clock(a), clock(b)];
    return x === y ? oldest(a, b) : x - y;
  });
}

/** Alert says how urgent a row is and what to say about it (WSP-02). */
export type Alert =
  | { level: 0; kind: "waiting" | "new" }
  | { level: 0; kind: "parked"; until: number }
  | { level: 1; kind: "reply"; for: number }
  | { level: 2; kind: "warn"; for: number }
  | { level: 3; kind: "over"; by: number }
  | { level: 4; kind: "left" | "ended" }
  | { level: 0; kind: "wrapup"; left: number }
  | { level: 3; kind: "overdue"; by: number };

/** overdueKey names the words for a wrap-up past its time: what is chosen is not asked for. Source: WRP-07. */
export function overdueKey(i: Interaction) {
  return i.complete ? "agent.alert.overdue" : "agent.wrap.overdue";
}

/** When amber begins, as a share of the reply target. Source: alert.reply_warn_s. */
const warnShare = 0.75;

/**
 * waitsFrom is since when an answer is awaited, 0 = it is not: what one before was not answered is not this one's
 * wait, and who asked for silence, or wrote in a group, cannot be answered (SMS-09).
 */
const waitsFrom = (i: Interaction) =>
  i.composer?.opted_out || inGroup(i) ? 0 : i.unread_from_at && Math.max(i.unread_from_at, i.entry_at);

/** waitedIn is how long somebody waited in the queue they were taken from: not while a colleague served them (XFR-06). */
export const waitedIn = (i: Interaction) => i.accepted_at - Math.max(i.entry_at, i.created_at);

/** alertOf returns the alert of a row at a time of the server's clock. */
export function alertOf(i: Interaction, now: number): Alert {
  if (i.state === "parked") return { level: 0, kind: "parked", until: i.parked_until };
  if (i.unviewed || i.await_ack) return { level: 4, kind: byNetwork(i) ? "ended" : "left" };
  if (i.state === "wrapup") {
    if (i.overdue)
      return { level: 3, kind: "overdue", by: Math.max(0, now - (i.wrapup_until || i.wrapup_from)) };
    return { level: 0, kind: "wrapup", left: Math.max(0, i.wrapup_until - now) };
  }
  const from = waitsFrom(i);
  if (from === 0) return { level: 0, kind: i.last ? "waiting" : "new" };
  const waited = Math.max(0, now - from);
  const target = i.reply_target_s * 1000;
  if (target > 0 && waited >= target) return { level: 3, kind: "over", by: waited - target };
  if (target > 0 && waited >= target * warnShare) return { level: 2, kind: "warn", for: waited };
  return { level: 1, kind: "reply", for: waited };
}

/** nextToReply returns the row after `current` that waits for an answer, longest first. */
export function nextToReply(
  all: Interaction[],
  current: string | undefined,
  back = false,
): Interaction | undefined {
  const waiting = all.filter((i) => waitsFrom(i) > 0 || i.unviewed || i.await_ack);
  waiting.sort((a, b) => (waitsFrom(a) || a.ended_at) - (waitsFrom(b) || b.ended_at));
  if (waiting.length === 0) return undefined;
  const here = waiting.findIndex((i) => i.id === current);
  if (here < 0) return waiting[back ? waiting.length - 1 : 0];
  return waiting[(here + (back ? -1 : 1) + waiting.length) % waiting.length];
}
