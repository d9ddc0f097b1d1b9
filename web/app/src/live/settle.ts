import type { Outbox } from "./outbox";
import type { Live } from "./reduce";
import type { Store } from "./store";

/**
 * settle lets the outbox forget whatever the server has told, in a frame or,
 * after a gap, in a snapshot: the mirror shows it from then on.
 *
 * Source: CNV-02, RES-04.
 */
export function settle(store: Store, outbox: Outbox) {
  let shown: Live | null = null;
  store.watch((frame) => {
    arrived(
      outbox,
      frame.events.flatMap((e) => [e.message, e.note]),
    );
  });
  store.subscribe(() => {
    const { live } = store.get();
    const same = live?.messages === shown?.messages && live?.notes === shown?.notes;
    shown = live;
    if (same || !live || outbox.get().length === 0) return;
    arrived(outbox, [...Object.values(live.messages).flat(), ...Object.values(live.notes).flat()]);
  });
}

function arrived(outbox: Outbox, told: ({ client_id: string } | undefined)[]) {
  outbox.arrived(new Set(told.flatMap((one) => (one?.client_id ? [one.client_id] : []))));
}
