import type { Message } from "@parley/protocol";
import { useSyncExternalStore } from "react";

/** Up to which number this tab's person has looked at a conversation. It clears the badge, never the clock (WSP-04). */
let seen: Record<string, number> = {};
const listeners = new Set<() => void>();

/** look marks a conversation as seen up to `seq`. */
export function look(conversation: string, seq: number) {
  if ((seen[conversation] ?? 0) >= seq) return;
  seen = { ...seen, [conversation]: seq };
  for (const l of listeners) l();
}

/** unlook marks it unread from its last customer message on. */
export function unlook(conversation: string, messages: Message[]) {
  const last = messages.findLast((m) => m.sender === "customer");
  if (!last) return;
  seen = { ...seen, [conversation]: last.seq - 1 };
  for (const l of listeners) l();
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
