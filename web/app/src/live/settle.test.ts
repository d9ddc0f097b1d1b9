import type { Snapshot, Wire } from "@parley/protocol";
import { expect, test } from "vitest";
import { createOutbox } from "./outbox";
import { day, interaction, message, snapshot } from "./people";
import { settle } from "./settle";
import type { Follow } from "./socket";
import { createStore } from "./store";

/** desk is a store and an outbox whose server is in the test's hands. */
async function desk(...snapshots: Snapshot[]) {
  let follow: Follow | undefined;
  const source = { snapshot: async () => snapshots.shift()!, ticket: async () => "t" };
  const store = createStore(source, (f) => {
    follow = f;
    return { wake: () => undefined, lose: () => undefined, stop: () => undefined };
  });
  const outbox = createOutbox(async () => ({ seq: 1 }));
  settle(store, outbox);
  await store.start();
  return { store, outbox, say: (wire: Wire) => follow!.take(wire) };
}
const hello = { interaction: "i1", conversation: "c1", text: "hello" };
const mine = (client_id: string) => message(1, { client_id, sender: "agent" });

test("CNV-02: news of a message settles what was on its way", async () => {
  const { outbox, say } = await desk(snapshot({ interactions: [interaction()] }));
  const id = outbox.send(hello);
  expect(outbox.get()).toHaveLength(1);
  say({ frame: { from: 0, to: 1, events: [{ n: 1, at: day, type: "message_added", message: mine(id) }] } });
  expect(outbox.get()).toEqual([]);
});
test("RES-04: so does a snapshot that comes instead of the news, so that it never shows up again", async () => {
  const later = snapshot({ n: 9, interactions: [interaction()], messages: { c1: [] } });
  const { store, outbox } = await desk(snapshot({ interactions: [interaction()] }), later);
  const id = outbox.send(hello);
  later.messages.c1!.push(mine(id));
  await store.refresh();
  expect(store.get().live?.n).toBe(9);
  expect(outbox.get()).toEqual([]);
});
test("CNV-02: what nobody has told yet stays on its way", async () => {
  const { outbox, say } = await desk(snapshot({ interactions: [interaction()] }));
  outbox.send(hello);
  const other = message(1, { client_id: "k1" });
  say({ frame: { from: 0, to: 1, events: [{ n: 1, at: day, type: "message_added", message: other }] } });
  expect(outbox.get()).toHaveLength(1);
});
