import type { Agent, Gauges, Interaction, InteractionState } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { agentRows, isFree, listed, queueRows, stageOf, totals } from "./board";

const nine = Date.UTC(2026, 2, 2, 9);

function interaction(id: string, state: InteractionState, change: Partial<Interaction> = {}): Interaction {
  const base = {
    id,
    number: Number(id.slice(1)),
    state,
    queue: { id: "que_s", name: "Support" },
    entry_at: nine,
  };
  return { agent: null, offer: null, ...base, ...change } as Interaction;
}

function agent(id: string, change: Partial<Agent> = {}): Agent {
  return {
    id,
    display_name: id,
    base: "available",
    displayed: "available",
    sub: "none",
    next: "",
    conn: "up",
    offered: 0,
    active: 0,
    wrapping: 0,
    load: 0,
    capacity: 6,
    ...change,
  } as Agent;
}

const gauges = {
  queues: [
    {
      id: "que_s",
      name: "Support",
      waiting: 99,
      members_on: 2,
      sla_s: 60,
      sla_pct: 80,
      entered_today: 10,
      abandoned_today: 1,
    },
    {
      id: "que_t",
      name: "Sales",
      waiting: 0,
      members_on: 1,
      sla_s: 60,
      sla_pct: 100,
      entered_today: 30,
      abandoned_today: 0,
    },
  ],
} as Gauges;

describe("UX-53: a number is the length of the list behind it", () => {
  const all = [
    interaction("i1", "queued", { entry_at: nine + 2000 }),
    interaction("i2", "queued", { entry_at: nine + 1000 }),
    interaction("i3", "active", { agent: { id: "amy", display_name: "Amy" } }),
    interaction("i4", "offered", {
      offer: { id: "i4.1", agent_id: "bob", until: 0, made_at: 0, may_reject: false },
    }),
    interaction("i5", "wrapup", { agent: { id: "amy", display_name: "Amy" } }),
    interaction("i8", "parked", { agent: { id: "amy", display_name: "Amy" } }),
    interaction("i6", "logged"),
    interaction("i7", "queued", { queue: { id: "que_t", name: "Sales" } }),
  ];

  it("MON-02: counts what the mirror holds, for each queue and state", () => {
    const [support] = queueRows(gauges, all, nine + 3000);
    for (const [stage, n] of [
      ["queued", support!.waiting],
      ["offered", support!.offered],
      ["active", support!.active],
      ["parked", support!.parked],
      ["wrapup", support!.wrapping],
    ] as const)
      expect(listed(all, { stage, queue: "que_s", agent: "" })).toHaveLength(n);
    expect(support).toMatchObject({
      waiting: 2,
      offered: 1,
      active: 1,
      parked: 1,
      wrapping: 1,
      longest_at: nine + 1000,
    });
  });

  it("lists the longest waiting first and nothing that is over", () => {
    expect(listed(all, { stage: "", queue: "", agent: "" }).map((i) => i.id)).not.toContain("i6");
    expect(listed(all, { stage: "queued", queue: "que_s", agent: "" }).map((i) => i.id)).toEqual([
      "i2",
      "i1",
    ]);
  });

  it("an offer counts for the agent it rings at", () => {
    expect(listed(all, { stage: "", queue: "", agent: "bob" }).map((i) => i.id)).toEqual(["i4"]);
  });

  it("stages cover every live state", () => {
    const live: InteractionState[] = ["created", "queued", "offered", "active", "parked", "wrapup"];
    expect(live.map((s) => stageOf(interaction("i1", s)))).not.toContain(null);
  });
});

describe("MON-02: alerts", () => {
  const wait = (seconds: number, change = {}) => {
    const g = { queues: [{ ...gauges.queues[0]!, ...change }] } as Gauges;
    return queueRows(g, [interaction("i1", "queued")], nine + seconds * 1000)[0]!.alert;
  };
  it.each([
    [44, null],
    [46, "warn"],
    [60, "warn"],
    [61, "breach"],
  ])("waiting %d s of 60: %s", (s, want) => {
    expect(wait(s)).toBe(want);
  });
  it("nobody is on", () => expect(wait(1, { members_on: 0 })).toBe("breach"));
});

describe("MON-01: agents", () => {
  it.each([
    ["available and under capacity", {}, true],
    ["busy with room: CAP-02", { displayed: "busy" as const, load: 2 }, true],
    ["full", { load: 6 }, false],
    ["MON-07: stop new", { sub: "stopnew" as const }, false],
    ["on break", { base: "on_break" as const }, false],
    ["an offer rings", { offered: 1 }, false],
    ["PRE-05: another status comes next", { next: "on_break" as const, active: 1, load: 1 }, false],
    ["PRE-07: wrapping up, with nobody else", { wrapping: 1, load: 1 }, false],
    ["wrapping up beside a conversation", { wrapping: 1, active: 1, load: 2 }, true],
    ["reconnecting", { conn: "grace" as const }, false],
  ])("%s: free %s", (_, change, want) => {
    expect(isFree(agent("amy", change))).toBe(want);
  });

  it("shows those at work first and hides who is not signed in", () => {
    const rows = [
      agent("zoe", { displayed: "logged_out" }),
      agent("bob", { displayed: "on_break" }),
      agent("amy"),
    ];
    expect(agentRows(rows, "here").map((a) => a.id)).toEqual(["amy", "bob"]);
    expect(agentRows(rows, "all")).toHaveLength(3);
  });

  it("weighs today's service level by who entered", () => {
    const sum = totals(queueRows(gauges, [], nine), [
      agent("amy"),
      agent("bob", { displayed: "logged_out" }),
    ]);
    expect(sum).toMatchObject({ sla_pct: 95, free: 1, signed_in: 1, abandoned: 1, longest_at: 0 });
    expect(totals([], []).sla_pct).toBe(-1);
  });
});
