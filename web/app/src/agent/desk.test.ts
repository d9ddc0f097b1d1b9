import type { Interaction } from "@parley/protocol";
import { describe, expect, test } from "vitest";
import { day, interaction, snapshot } from "../live/people";
import { fromSnapshot } from "../live/reduce";
import { alertOf, handleOf, inGroup, nextToReply, offerOf, overdueKey, rows, waitedIn } from "./desk";

const minute = 60_000;

describe("alertOf", () => {
  test.each([
    ["L0: the customer's turn", { last: { seq: 1, sender: "agent", text: "", at: day } }, 0, "waiting"],
    ["L1: unanswered", { unread_from_at: day }, 1, "reply"],
    ["L4: the customer left and nobody looked", { state: "wrapup", await_ack: true }, 4, "left"],
    ["RES-03: logged, and not yet opened", { state: "logged", unviewed: true }, 4, "left"],
    ["WRP-07: overdue", { state: "wrapup", overdue: true, wrapup_until: day - 5000 }, 3, "overdue"],
    ["wrapping up", { state: "wrapup", wrapup_until: day + minute }, 0, "wrapup"],
  ] as const)("WSP-02: %s", (_, but, level, kind) => {
    expect(alertOf(interaction(but as object), day)).toMatchObject({ level, kind });
  });
  test("WSP-02: amber from 75 % of the target, red from the target on", () => {
    const i = interaction({ unread_from_at: day, reply_target_s: 60 });
    expect(alertOf(i, day + 44_999).level).toBe(1);
    expect(alertOf(i, day + 45_000).level).toBe(2);
    expect(alertOf(i, day + 60_000)).toEqual({ level: 3, kind: "over", by: 0 });
    expect(alertOf(i, day + 63_000)).toEqual({ level: 3, kind: "over", by: 3000 });
  });
  test("WSP-03: without a target nothing is ever late", () => {
    expect(alertOf(interaction({ unread_from_at: day, reply_target_s: 0 }), day + 999 * minute).level).toBe(
      1,
    );
  });
  test("SMS-09: who asked for silence is never answered late, nor a group", () => {
    const i = interaction({ unread_from_at: day, reply_target_s: 60 });
    const silent = { ...i, composer: { opted_out: true } as Interaction["composer"] };
    const group = { ...i, visitor: { ...i.visitor, address: "group:1" } };
    for (const one of [silent, group]) {
      expect(alertOf(one, day + 99 * minute).level).toBe(0);
      expect(nextToReply([one], undefined)).toBeUndefined();
    }
  });
});

test("WRP-07: an overdue wrap-up asks for a code only until one is chosen", () => {
  expect(overdueKey(interaction({ overdue: true, complete: false }))).toBe("agent.wrap.overdue");
  expect(overdueKey(interaction({ overdue: true, complete: true }))).toBe("agent.alert.overdue");
});

describe("rows", () => {
  const first = interaction({ id: "i1", number: 1, accepted_at: day + 1 });
  const second = interaction({ id: "i2", number: 2, accepted_at: day + 2, unread_from_at: day + 9 });
  const third = interaction({ id: "i3", number: 3, accepted_at: day + 3, unread_from_at: day + 5 });
  const bobs = interaction({ id: "i4", agent: { id: "bob", display_name: "Bob" } });
  const all = { i3: third, i1: first, i4: bobs, i2: second };
  const ids = (order: "oldest" | "waiting") => rows(all, "amy", order).map((i) => i.id);

  test("WSP-01: the oldest at the top", () => expect(ids("oldest")).toEqual(["i1", "i2", "i3"]));
  test("WSP-01: or who waits longest for me", () => expect(ids("waiting")).toEqual(["i3", "i2", "i1"]));
  test("MON-01: another agent's is not mine", () => expect(ids("oldest")).not.toContain("i4"));
  test("ux 8: F2 goes round those who wait, longest first", () => {
    const list = rows(all, "amy", "oldest");
    expect(nextToReply(list, undefined)?.id).toBe("i3");
    expect(nextToReply(list, "i3")?.id).toBe("i2");
    expect(nextToReply(list, "i2")?.id).toBe("i3");
    expect(nextToReply(list, "i3", true)?.id).toBe("i2");
    expect(nextToReply([first], "i1")).toBeUndefined();
  });
});

test("OFR-01: only an offer to me rings here", () => {
  const offer = { id: "i1.1", until: day + 30_000, made_at: day, may_reject: false, agent_id: "bob" };
  const live = fromSnapshot(
    snapshot({ interactions: [interaction({ state: "offered", agent: null, offer })] }),
  );
  expect(offerOf(live)).toBeNull();
  const mine = interaction({ state: "offered", agent: null, offer: { ...offer, agent_id: "amy" } });
  expect(offerOf(fromSnapshot(snapshot({ interactions: [mine] })))?.id).toBe("i1");
});

test("networks.md 2: a group is told by its address, which nobody is shown", () => {
  const i = interaction({});
  const group = { ...i, visitor: { ...i.visitor, phone: "", address: "group:Y2FwaV9ncm91cDox" } };
  expect([inGroup(i), inGroup(group), handleOf(group)]).toEqual([false, true, ""]);
});

test("WSP-03: a question that an earlier conversation left without an answer does not make a new one late", () => {
  const again = interaction({ unread_from_at: day - 60 * minute, entry_at: day, reply_target_s: 60 });
  expect(alertOf(again, day + 5_000)).toEqual({ level: 1, kind: "reply", for: 5_000 });
});

test("XFR-06: who is transferred keeps the time they came, and waits in the queue only since", () => {
  const came = { entry_at: day, accepted_at: day + 5 * minute };
  expect(waitedIn(interaction({ ...came, created_at: day - minute })), "a script asked first").toBe(
    5 * minute,
  );
  expect(waitedIn(interaction({ ...came, created_at: day + 4 * minute })), "transferred").toBe(minute);
});
