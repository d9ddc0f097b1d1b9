import type { Frame } from "@parley/protocol";
import { describe, expect, test, vi } from "vitest";
import { amy, day, interaction, message, snapshot } from "../../live/people";
import { fromSnapshot, take } from "../../live/reduce";
import { hintFor, lineFor } from "../idle/Idle";
import { prefill } from "../NewCustomerForm";
import { opensFor } from "../pop";
import { unread } from "../seen";
import { acceptWord } from "./OfferCard";
import { noticeFor } from "./OfferNotice";
import { fateOf, waited } from "./useOffer";
import { blink } from "./useRing";

const offer = { id: "i1.1", until: day + 30_000, made_at: day, may_reject: false, agent_id: "amy" };
const ringing = () =>
  fromSnapshot(snapshot({ interactions: [interaction({ state: "offered", agent: null, offer })] }));
const ended = (how: string): Frame => ({
  from: 0,
  to: 1,
  events: [{ n: 1, at: day, type: "offer_ended", how, gone: "i1" }],
});

describe("OFR-11: an agent is told why an offer vanished", () => {
  test.each([
    ["abandoned", "left"],
    ["withdrawn", "withdrawn"],
    ["timed_out", null], // the status says so, and stays
    ["rejected", null],
  ])("%s", (how, fate) => {
    const before = ringing();
    expect(fateOf(ended(how), before, take(before, ended(how))!)).toBe(fate);
  });
});

test("OFR-02: a wait that is read out is never below zero", () => {
  expect(waited(107_900)).toEqual({ minutes: 1, seconds: 47 });
  expect(waited(-300)).toEqual({ minutes: 0, seconds: 0 });
});

describe("PRE-09, PRE-10: why the status changed", () => {
  test.each([
    [{ reason: "offer_timeout", base: "on_break" }, "missed"],
    [{ reason: "rejected", base: "on_break" }, "rejected"],
    [{ reason: "rejected", base: "work_offline" }, "rejectedOffline"],
    [{ reason: "offer_timeout", base: "work_offline" }, "missedOffline"],
    [{ reason: "offer_timeout", sub: "stopnew", displayed: "busy" }, "missedBusy"],
    [{ reason: "rejected", sub: "stopnew", displayed: "busy" }, "rejectedBusy"],
    [{ reason: "login", base: "on_break" }, null],
    [{ reason: "offer_timeout", base: "available" }, null],
  ] as const)("%j is %s", (but, kind) => expect(noticeFor({ ...amy, ...but })).toBe(kind));
});

test("PRE-01: one sentence says where an agent stands", () => {
  expect(lineFor(amy, 0)).toBe("agent.idle.available");
  expect(lineFor(amy, 2)).toBe("agent.idle.line");
  expect(hintFor(amy, 1)).toBe("agent.idle.next");
  expect(hintFor(amy, 0), "F014: who has every queue off is told").toBe("agent.idle.noQueue");
  expect(hintFor({ ...amy, base: "on_break" }, 0)).toBe("agent.idle.notNext");
  expect(lineFor({ ...amy, offered: 1, displayed: "offered" }, 1)).toBe("agent.idle.ringing");
  expect(lineFor({ ...amy, offered: 1, active: 1, displayed: "busy" }, 0)).toBe("agent.idle.ringing");
  expect(lineFor({ ...amy, displayed: "busy" }, 0)).toBe("agent.idle.busy");
  expect(lineFor({ ...amy, displayed: "busy", sub: "stopnew" }, 0)).toBe("agent.idle.stopped");
  expect(lineFor({ ...amy, displayed: "post_processing" }, 0)).toBe("agent.idle.wrapping");
  expect(lineFor({ ...amy, base: "work_offline", displayed: "work_offline" }, 0)).toBe("agent.idle.offline");
});

test("C11: accepting is called one thing on the card and in its preview, by the surface in use", () => {
  expect(acceptWord(true)).toBe("agent.console.accept");
  expect(acceptWord(false)).toBe("agent.offer.accept");
});

test("WSP-04: the badge counts the customer's messages after my last that I have not looked at", () => {
  const said = [message(1), message(2, { sender: "agent" }), message(3), message(4)];
  expect(unread(said, 0)).toBe(2);
  expect(unread(said, 3)).toBe(1);
  expect(unread(said, 4)).toBe(0);
});

test("POP-03: the form for a new customer is filled with what is known", () => {
  const v = { ...interaction().visitor, name: "Marie Anne Tremblay", email: "marie@ex.ca" };
  expect(prefill(v)).toMatchObject({ first_name: "Marie Anne", last_name: "Tremblay", email: "marie@ex.ca" });
  expect(prefill({ ...v, name: "Marie" })).toMatchObject({ first_name: "Marie", last_name: "" });
});

test("CRM-10: a log opens to view for a known customer and to edit for a new one", () => {
  expect(opensFor("auto", true)).toBe("view");
  expect(opensFor("auto", false)).toBe("edit");
  expect(opensFor("edit", true)).toBe("edit");
  expect(opensFor("view", false)).toBe("view");
});

test.each([
  [true, false, [true, false, true, false]],
  [false, false, [true, true, true, true]], // the ring was stopped
  [true, true, [true, true, true, true]], // motion is not wanted
])(
  "F058, OFR-01: the tab's icon is red on and off until there is an answer (moving %s, reduced %s)",
  (moving, reduced, seen) => {
    vi.useFakeTimers();
    vi.stubGlobal("matchMedia", () => ({ matches: reduced }));
    document.head.innerHTML = '<link rel="icon" href="/own.svg">';
    const red = () => document.querySelector<HTMLLinkElement>("link")!.href.includes("alert");
    const stop = blink(moving);
    expect(
      seen.map(() => {
        const now = red();
        vi.advanceTimersByTime(500);
        return now;
      }),
    ).toEqual(seen);
    stop();
    vi.advanceTimersByTime(2_000);
    expect(red()).toBe(false);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  },
);
