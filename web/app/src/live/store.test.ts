import type { Snapshot, Wire } from "@parley/protocol";
import { expect, test, vi } from "vitest";
import { interaction, message, snapshot } from "./people";
import type { Follow, Link } from "./socket";
import { createStore } from "./store";

/** hall is a store whose server and link are in the test's hands. */
function hall(...snapshots: Snapshot[]) {
  let f: Follow | undefined;
  const asked = vi.fn(async () => (snapshots.length > 1 ? snapshots.shift()! : snapshots[0]!));
  const store = createStore({ snapshot: asked, ticket: async () => "t" }, (follow) => {
    f = follow;
    return { wake: () => undefined, lose: () => undefined, stop: () => undefined };
  });
  const link = (state: Link["state"], downSince = 0) =>
    f!.link({ state, downSince, retryAt: 0, stopped: "" });
  return { store, asked, say: (w: Wire) => f!.take(w), link, cursor: () => f!.after() };
}
const turn = () => new Promise((done) => setTimeout(done));

test("RES-04: a gap between frames fetches one snapshot and goes on from there", async () => {
  const { store, asked, say, cursor } = hall(
    snapshot({ n: 5 }),
    snapshot({ n: 9, interactions: [interaction()] }),
  );
  await store.start();
  say({ frame: { from: 7, to: 8, events: [] } });
  say({ frame: { from: 8, to: 9, events: [] } });
  await turn();
  await turn();
  expect(cursor()).toBe(9);
  expect(store.get().live?.interactions.i1).toBeDefined();
  expect(asked.mock.calls.length).toBeLessThanOrEqual(3);
});
test("started twice, it follows once", async () => {
  const { store, asked } = hall(snapshot());
  await Promise.all([store.start(), store.start()]);
  expect(asked).toHaveBeenCalledTimes(1);
});
test("UX-08, E38: the server's clock counts, whatever the browser's says", async () => {
  const { store } = hall(snapshot({ now: Date.now() + 600_000 }));
  await store.start();
  expect(Math.abs(store.now() - Date.now() - 600_000)).toBeLessThan(1000);
});
test("CNV-06: typing expires by itself", async () => {
  const { store, say } = hall(snapshot({ now: Date.now() }));
  await store.start();
  say({ typing: { conversation: "c1", by: "customer", name: "Marie", until_ms: Date.now() + 60_000 } });
  expect(store.get().typing.c1!.until_ms).toBeLessThanOrEqual(Date.now() + 6_000);
});
test("UX-46: what customers wrote while the link was lost is counted", async () => {
  const { store, say, link } = hall(snapshot({ now: Date.now() }));
  await store.start();
  link("up");
  link("retrying", Date.now() - 10_000);
  link("up");
  const at = Date.now() - 5_000;
  say({
    frame: {
      from: 0,
      to: 2,
      events: [
        { n: 1, at, type: "message_added", message: message(1) },
        { n: 2, at, type: "message_added", message: message(2, { sender: "agent" }) },
      ],
    },
  });
  expect(store.get().gap?.messages).toBe(1);
});
test("SEC-04: a change of rights fetches the person's snapshot anew", async () => {
  const { store, asked, say } = hall(snapshot());
  await store.start();
  say({ frame: { from: 0, to: 1, events: [{ n: 1, at: 0, type: "config_changed" }] } });
  await turn();
  expect(asked).toHaveBeenCalledTimes(2);
});
