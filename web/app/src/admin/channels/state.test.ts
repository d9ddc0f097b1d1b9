import { describe, expect, test } from "vitest";
import { checksOf, daysLeft, stateOf } from "./state";
import type { Provider, Pulse } from "./types";

const now = Date.UTC(2026, 2, 2, 9);
const day = 86_400_000;
const quiet: Pulse = {
  id: "ent_1",
  paused: "",
  handshake_at: 0,
  signed_at: 0,
  unsigned_at: 0,
  received_at: 0,
  sent_at: 0,
  receipt_at: 0,
  token_until: 0,
  error_at: 0,
  error_code: "",
  error_detail: "",
  received: 0,
  sent: 0,
  failed: 0,
  odd: 0,
  now,
};
const network = { webhook: true, receipts: true } as Provider;
const states = (p: Provider, pulse: Partial<Pulse>) =>
  checksOf(p, { ...quiet, ...pulse }).map((c) => `${c.name} ${c.state}`);

describe("the state of an entry point at a network", () => {
  test("SOC-01: what is worst counts", () => {
    expect(stateOf(true, quiet)).toBe("untried");
    expect(stateOf(true, { ...quiet, sent_at: now })).toBe("works");
    expect(stateOf(true, { ...quiet, sent_at: now, token_until: now + 6 * day })).toBe("ending");
    expect(stateOf(true, { ...quiet, sent_at: now, token_until: now + 8 * day })).toBe("works");
    expect(stateOf(true, { ...quiet, error_code: "auth" })).toBe("trouble");
    expect(stateOf(true, { ...quiet, error_code: "auth", paused: "auth" })).toBe("stopped");
    expect(stateOf(true, { ...quiet, error_code: "auth", paused: "admin" })).toBe("paused");
    expect(stateOf(false, { ...quiet, error_code: "auth" })).toBe("off");
  });
  test("SOC-01: the checklist fills as things are seen to work", () => {
    expect(states(network, {})).toEqual([
      "address waiting",
      "signature waiting",
      "receive waiting",
      "send waiting",
      "receipt waiting",
    ]);
    const all = {
      handshake_at: now,
      signed_at: now,
      received_at: now,
      sent_at: now,
      receipt_at: now,
      token_until: now + 41 * day,
    };
    expect(new Set(states(network, all).map((s) => s.split(" ")[1]))).toEqual(new Set(["good"]));
    expect(daysLeft(all.token_until, now)).toBe(41);
  });
  test("A-053: the last word on signatures and sending counts", () => {
    expect(states(network, { signed_at: now - 2, unsigned_at: now - 1 })).toContain("signature bad");
    expect(states(network, { signed_at: now, unsigned_at: now - 1 })).toContain("signature good");
    expect(states(network, { sent_at: now - 2, error_at: now - 1, error_code: "auth" })).toContain(
      "send bad",
    );
    expect(states(network, { sent_at: now - 2, error_at: now - 1 })).toContain("send good");
    expect(states(network, { receipt_at: now })).toContain("send good"); // what arrived was sent
  });
  test("a network without webhook or receipts is not asked for them", () => {
    expect(states({ webhook: false, receipts: false } as Provider, {})).toEqual([
      "receive waiting",
      "send waiting",
    ]);
  });
});
