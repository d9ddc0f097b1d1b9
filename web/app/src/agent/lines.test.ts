import { describe, expect, test } from "vitest";
import type { Sending } from "../live/outbox";
import { day, message } from "../live/people";
import { type Line, linesOf } from "./lines";
import { reaches } from "./useOlder";

const column = { messages: [message(1), message(2)], notes: [], sending: [], gap: null, offset: 0 };
const sending = (client_id: string, but: Partial<Sending> = {}): Sending => ({
  client_id,
  interaction: "i1",
  conversation: "c1",
  text: "",
  at: day,
  state: "pending",
  code: "",
  seq: 0,
  ...but,
});
const note = (at: number) => ({ id: "n1", interaction_id: "i1", agent: null, client_id: "kn", text: "", at });
const keys = (lines: Line[]) => lines.filter((l) => l.kind !== "day").map((l) => l.key);

describe("linesOf", () => {
  test("a line for each new day", () => {
    const next = message(3, { at: day + 86_400_000 });
    const kinds = linesOf({ ...column, messages: [...column.messages, next] }).map((l) => l.kind);
    expect(kinds).toEqual(["day", "message", "message", "day", "message"]);
  });
  test("UX-20: one bubble for a message that is both here and on its way", () => {
    const sent = sending("k2", { state: "sent", seq: 2 });
    expect(keys(linesOf({ ...column, sending: [sent] }))).toEqual(["k1", "k2"]);
  });
  test("UX-46: one divider before what came during an interruption", () => {
    const gap = { from: message(1).at, until: message(2).at };
    expect(linesOf({ ...column, gap }).map((l) => l.kind)).toEqual(["day", "message", "gap", "message"]);
  });
  test("CNV-12: the server's number is the order, also when its clock was set back", () => {
    const early = message(3, { at: day - 86_400_000 });
    const lines = linesOf({ ...column, messages: [...column.messages, early] });
    expect(lines.map((l) => l.key).slice(1)).toEqual(["k1", "k2", "k3"]);
  });
  test("CNV-12: what was sent takes its place as soon as its number is known, before what still waits", () => {
    const lines = linesOf({
      ...column,
      messages: [message(1), message(3)],
      sending: [
        sending("refused", { state: "failed" }),
        sending("k2", { state: "sent", seq: 2 }),
        sending("k4", { state: "sent", seq: 4 }),
        sending("last"),
      ],
    });
    expect(keys(lines)).toEqual(["k1", "k2", "k3", "k4", "refused", "last"]);
  });
  test("a note lies among the messages by its time", () => {
    const between = { ...column, notes: [note(message(1).at)], sending: [sending("last")] };
    expect(keys(linesOf(between))).toEqual(["k1", "kn", "k2", "last"]);
  });
});

test("RES-04: older pages are shown while nothing is missing after them", () => {
  expect(reaches([message(1), message(2)], [message(3)])).toBe(true);
  expect(reaches([message(1), message(2)], [message(4)])).toBe(false);
  expect(reaches([], [message(4)])).toBe(true);
});
