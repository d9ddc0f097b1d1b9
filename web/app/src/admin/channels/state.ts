import type { Provider, Pulse } from "./types";

/** How early an access that ends needs attention. Unit: milliseconds. Source: SOC-01. */
export const soon = 7 * 86_400_000;

export type State = "off" | "paused" | "stopped" | "trouble" | "ending" | "untried" | "works";

/** stateOf is how an entry point stands, in one word: what is worst counts. */
export function stateOf(enabled: boolean, pulse: Pulse): State {
  if (!enabled) return "off";
  if (pulse.paused === "admin") return "paused";
  if (pulse.paused) return "stopped";
  if (pulse.error_code) return "trouble";
  if (pulse.token_until > 0 && pulse.token_until - pulse.now < soon) return "ending";
  return pulse.received_at || pulse.sent_at ? "works" : "untried";
}

/** tones are the colors of the states; the word says the same. */
export const tones = {
  off: "plain",
  paused: "info",
  stopped: "warn",
  trouble: "warn",
  ending: "warn",
  untried: "plain",
  works: "ok",
} as const;

export type Check = {
  name: "address" | "signature" | "receive" | "send" | "receipt" | "token";
  state: "good" | "bad" | "waiting";
  /** When it was seen, or until when it counts. */
  at: number;
};

/** daysLeft is how many whole days an access still counts. */
export function daysLeft(until: number, now: number): number {
  return Math.max(0, Math.floor((until - now) / 86_400_000));
}

/** checksOf is the live checklist of a set-up: what was seen to work, what failed, what is still to come. */
export function checksOf(provider: Provider, pulse: Pulse): Check[] {
  const seen = (name: Check["name"], at: number, failed = 0): Check => ({
    name,
    state: failed > at ? "bad" : at > 0 ? "good" : "waiting",
    at: Math.max(at, failed),
  });
  const list: Check[] = [];
  if (provider.webhook) {
    list.push(seen("address", Math.max(pulse.handshake_at, pulse.signed_at)));
    list.push(seen("signature", pulse.signed_at, pulse.unsigned_at));
  }
  list.push(seen("receive", pulse.received_at));
  // What is sent is counted every few seconds; its receipt may come before.
  const sent = Math.max(pulse.sent_at, pulse.receipt_at);
  list.push(seen("send", sent, pulse.error_code ? pulse.error_at : 0));
  if (provider.receipts) list.push(seen("receipt", pulse.receipt_at));
  if (pulse.token_until > 0)
    list.push({
      name: "token",
      state: pulse.token_until - pulse.now < soon ? "bad" : "good",
      at: pulse.token_until,
    });
  return list;
}
