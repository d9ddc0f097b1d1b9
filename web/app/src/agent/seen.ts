import type { Message } from "@parley/protocol";
import { useSyncExternalStore } from "react";

const place = "parley.seen";
/** How many conversations are remembered: more than anybody has open. */
const most = 100;

/** Up to which number the person has looked at a conversation, in any tab of this browser. It clears the badge, never the clock (WSP-04). */
let seen: Record<string, number> = load();
const listeners = new Set<() => void>();

function load(): Record<string, number> {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "{}");
  } catch {
    return {};
  }
}

function set(next: Record<string, number>) {
  seen = next;
  for (const l of listeners) l();
}

function mark(conversation: string, seq: number) {
  const { [conversation]: _, ...others } = seen;
  set({ ...Object.fromEntries(Object.entries(others).slice(1 - most)), [conversation]: seq });
  try {
    localStorage.setItem(place, JSON.stringify(seen));
  } catch {
    // storage is switched off: this tab knows
  }
}

globalThis.addEventListener?.("storage", (e) => e.key === place && set(load()));

/** look marks a conversation as seen up to `seq`. */
export function look(conversation: string, seq: number) {
  if ((seen[conversation] ?? 0) < seq) mark(conversation, seq);
}

/** unlook marks it unread from its last customer message on. */
export function unlook(conversation: string, messages: Message[]) {
  const last = messages.findLast((m) => m.sender === "customer");
  if (!last) return;
  mark(conversation, last.seq - 1);
}

/** unread counts the customer's messages after the last agent's that were not looked at. */
export function unread(messages: Message[] | undefined, upTo: number): number {
  let n = 0;
  for (let i = (messages?.length ?? 0) - 1; i >= 0; i--) {
    const m = messages![i]!;
    if (m.seq <= upTo || m.sender === "agent") break;
    if (m.sender === "customer") n++;
  }
  return n;
}

/** useSeen is how far each conversation was looked at. */
export function useSeen(): Record<string, number> {
  return useSyncExternalStore(
    (l) => {
      listeners.add(l);
      return () => listeners.delete(l);
    },
    () => seen,
  );
}
