import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Event, Frame, Snapshot } from "@parley/protocol";
import { describe, expect, test } from "vitest";
import { amy, day, interaction, message, snapshot } from "./people";
import { fromSnapshot, type Live, take } from "./reduce";

const frame = (from: number, to: number, ...events: Partial<Event>[]): Frame => ({
  from,
  to,
  events: events.map((e, k) => ({ n: from + k + 1, at: day, type: "message_added", ...e })),
});
const start = () => fromSnapshot(snapshot({ interactions: [interaction()] }));

describe("take", () => {
  test("R-52: a frame that starts at my number is applied", () => {
    const after = take(
      start(),
      frame(0, 2, { message: message(1) }, { agent: { ...amy, base: "on_break" } }),
    );
    expect(after?.n).toBe(2);
    expect(after?.messages.c1?.map((m) => m.seq)).toEqual([1]);
    expect(after?.agents.amy?.base).toBe("on_break");
  });
  test("R-52: a repeat after a reconnect changes nothing", () => {
    const once = take(start(), frame(0, 2, { message: message(1) }))!;
    expect(take(once, frame(0, 2, { message: message(1) }))).toBe(once);
  });
  test("CNV-02: a message that changed replaces the one before", () => {
    const once = take(start(), frame(0, 1, { message: message(1) }))!;
    const after = take(
      once,
      frame(1, 2, { type: "message_changed", message: { ...message(1), text: "edited" } }),
    )!;
    expect(after.messages.c1?.map((m) => m.text)).toEqual(["edited"]);
  });
  test("R-52: a gap asks for a snapshot", () => {
    expect(take(start(), frame(3, 4, { message: message(1) }))).toBeNull();
  });
  test("RES-04: an empty frame moves the cursor on", () => {
    expect(take(start(), frame(0, 9))?.n).toBe(9);
  });
  test("RES-04: a frame that overlaps a snapshot applies only what is newer", () => {
    const live = fromSnapshot(snapshot({ n: 1, interactions: [interaction({ state: "wrapup" })] }));
    const after = take(
      live,
      frame(0, 2, { interaction: interaction({ state: "active" }) }, { message: message(1) }),
    );
    expect(after?.interactions.i1?.state).toBe("wrapup");
    expect(after?.messages.c1).toHaveLength(1);
  });
  test("RES-04: a later snapshot has the last messages; the older ones I hold stay, unless some are missing", () => {
    const held = { c1: [message(1), message(2), message(3)] };
    const of = (...seqs: number[]) =>
      fromSnapshot(snapshot({ messages: { c1: seqs.map((seq) => message(seq)) } }), held).messages.c1?.map(
        (m) => m.seq,
      );
    expect(of(3, 4)).toEqual([1, 2, 3, 4]);
    expect(of(4, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(of(5, 6)).toEqual([5, 6]);
    expect(of()).toEqual([]);
  });
  test("RES-03: what leaves my view leaves the mirror, words and all", () => {
    const with1 = take(start(), frame(0, 1, { message: message(1) }))!;
    const after = take(with1, frame(1, 2, { type: "interaction_closed", gone: "i1" }))!;
    expect(after.interactions).toEqual({});
    expect(after.messages).toEqual({});
  });
  test("XFR-01: a conversation that two interactions share keeps its messages when one goes", () => {
    const two = fromSnapshot(
      snapshot({ interactions: [interaction(), interaction({ id: "i2" })], messages: { c1: [message(1)] } }),
    );
    expect(take(two, frame(0, 1, { gone: "i1" }))?.messages.c1).toHaveLength(1);
  });
  test("CNV-12: messages lie in their order, each once, however they arrive", () => {
    let live: Live = start();
    for (const [n, seq] of [3, 1, 2, 3, 1].entries())
      live = take(live, frame(n, n + 1, { message: message(seq) }))!;
    expect(live.messages.c1?.map((m) => m.seq)).toEqual([1, 2, 3]);
  });
});

/** dice is a small generator, so that a day can be replayed from its seed. */
function dice(seed: number) {
  let s = seed;
  return (n: number) => {
    s = (s * 1103515245 + 12345) & 0x7fffffff;
    return s % n;
  };
}

/** anyDay invents a day as frames of one event, and the state after each. */
function anyDay(seed: number, length: number) {
  const roll = dice(seed);
  const states = ["offered", "active", "wrapup"] as const;
  let seq = 0;
  let live = start();
  const frames: Frame[] = [];
  const states_: Live[] = [live];
  for (let n = 0; n < length; n++) {
    const id = `i${roll(4) + 1}`;
    const conversation_id = `c${roll(2) + 1}`;
    const kinds: Partial<Event>[] = [
      { type: "message_added", message: message(++seq, { conversation_id, id: `m${seq}` }) },
      { type: "accepted", interaction: interaction({ id, conversation_id, state: states[roll(3)]! }) },
      { type: "interaction_closed", gone: id },
      { type: "presence_changed", agent: { ...amy, load: roll(6) } },
      {
        type: "note_added",
        note: { id: `n${n}`, interaction_id: id, agent: null, client_id: "", text: "", at: day },
      },
    ];
    const f = frame(n, n + 1, kinds[roll(kinds.length)]!);
    live = take(live, f)!;
    frames.push(f);
    states_.push(live);
  }
  return { frames, states: states_ };
}

describe("any day", () => {
  test("R-52: frames glued together give the same as one by one", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { frames, states } = anyDay(seed, 40);
      const roll = dice(seed + 1000);
      let live = start();
      for (let from = 0; from < frames.length; ) {
        const to = Math.min(frames.length, from + 1 + roll(7));
        live = take(live, { from, to, events: frames.slice(from, to).flatMap((f) => f.events) })!;
        from = to;
      }
      expect(live, `seed ${seed}`).toEqual(states.at(-1));
    }
  });
  test("R-52: a reconnect that replays from any earlier point ends in the same place", () => {
    for (let seed = 1; seed <= 100; seed++) {
      const { frames, states } = anyDay(seed, 30);
      const at = dice(seed)(30);
      let live = states[at]!;
      const back = dice(seed + 7)(at + 1);
      for (const f of frames.slice(back)) live = take(live, f) ?? live;
      expect(live, `seed ${seed}`).toEqual(states.at(-1));
    }
  });
});

/** What a server told three people in one day, and the snapshot that must lead to: record.mjs writes them. */
const folder = join(import.meta.dirname, "testdata");
const recordings = existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith(".json")) : [];

describe("recorded days", () => {
  test("R-52: snapshot and events give the snapshot, for every role", () => {
    expect(recordings).toEqual(expect.arrayContaining(["amy.json", "bob.json", "sam.json"]));
    for (const name of recordings) {
      const day = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
        start: Snapshot;
        frames: Frame[];
        end: Snapshot;
      };
      let live: Live | null = fromSnapshot(day.start);
      for (const f of day.frames) live = live && take(live, f);
      expect(live, name).not.toBeNull();
      expect(comparable(live!), name).toEqual(comparable(fromSnapshot(day.end)));
    }
  });
});

/** comparable leaves out what only a snapshot carries: one's own rights, and messages older than it shows. */
function comparable(live: Live) {
  const messages = Object.fromEntries(Object.entries(live.messages).map(([c, list]) => [c, list.slice(-50)]));
  const some = (record: Record<string, unknown[]>) =>
    Object.fromEntries(Object.entries(record).filter(([, list]) => list.length > 0));
  return {
    n: live.n,
    agents: live.agents,
    interactions: live.interactions,
    messages: some(messages),
    notes: some(live.notes),
  };
}
