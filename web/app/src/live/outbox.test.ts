import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createOutbox, type Sending } from "./outbox";

const to = { interaction: "i1", conversation: "c1" };
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** server answers each post as told: a status, 0 = unreachable. */
function server(...answers: number[]) {
  const got: Sending[] = [];
  const post = async (s: Sending) => {
    got.push(s);
    const status = answers.shift() ?? 201;
    if (status !== 201) throw { status, code: status === 0 ? undefined : "interaction_ended" };
    return { seq: got.length };
  };
  return { got, post };
}
const calm = () => vi.advanceTimersByTimeAsync(60_000);

describe("outbox", () => {
  test("R-55: thirty texts written offline arrive once, in order", async () => {
    const { got, post } = server(0, 0, 0);
    const box = createOutbox(post);
    for (let n = 1; n <= 30; n++) box.send({ ...to, text: `text ${n}` });
    await calm();
    const arrived = [...new Map(got.map((s) => [s.client_id, s.text])).values()];
    expect(arrived).toEqual(Array.from({ length: 30 }, (_, n) => `text ${n + 1}`));
    expect(got).toHaveLength(33);
    expect(new Set(got.slice(0, 4).map((s) => s.client_id)).size).toBe(1); // the same id until it got through
  });
  test("CNV-02: what the server refuses stays, marked, and the rest goes on", async () => {
    const { post } = server(409, 201);
    const box = createOutbox(post);
    box.send({ ...to, text: "late" });
    box.send({ ...to, text: "fine" });
    await calm();
    expect(box.get().map((s) => [s.text, s.state, s.code])).toEqual([
      ["late", "failed", "interaction_ended"],
      ["fine", "sent", ""],
    ]);
  });
  test("CNV-12: the answer says the number, the news may come later", async () => {
    const { post } = server(0, 201);
    const box = createOutbox(post);
    box.send({ ...to, text: "hello" });
    expect(box.get()[0]?.seq).toBe(0);
    await calm();
    expect(box.get()[0]).toMatchObject({ state: "sent", seq: 2 });
  });
  test("CNV-02: a retry keeps the client id, so that it cannot arrive twice", async () => {
    const { got, post } = server(422);
    const box = createOutbox(post);
    const id = box.send({ ...to, text: "again" });
    await calm();
    box.retry(id);
    await calm();
    expect(got.map((s) => s.client_id)).toEqual([id, id]);
    expect(box.get()[0]?.state).toBe("sent");
  });
  test("the event replaces what was on its way", async () => {
    const { post } = server();
    const box = createOutbox(post);
    const id = box.send({ ...to, text: "hello" });
    await calm();
    box.arrived(new Set([id]));
    expect(box.get()).toEqual([]);
  });
  test("UX-25: what was not sent outlives a reload, and goes out under its own id", async () => {
    let kept: Sending[] = [];
    const place = {
      load: () => kept,
      save(all: Sending[]) {
        kept = all;
      },
    };
    const before = createOutbox(server(0, 0, 0, 0, 0).post, place);
    const id = before.send({ ...to, text: "before the reload" });
    await vi.advanceTimersByTimeAsync(10);
    const { got, post } = server();
    const after = createOutbox(post, place);
    after.wake();
    await vi.advanceTimersByTimeAsync(10);
    expect(got.map((s) => [s.client_id, s.text])).toEqual([[id, "before the reload"]]);
    expect(kept).toEqual([]);
  });
  test("one conversation's trouble does not hold up another", async () => {
    const got: string[] = [];
    const box = createOutbox(async (s) => {
      if (s.interaction === "i1") throw { status: 503 };
      got.push(s.text);
      return {};
    });
    box.send({ ...to, text: "stuck" });
    box.send({ interaction: "i2", conversation: "c2", text: "free" });
    await vi.advanceTimersByTimeAsync(10);
    expect(got).toEqual(["free"]);
  });
});
