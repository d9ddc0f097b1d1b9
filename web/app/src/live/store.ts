import type { Frame, Gauges, Snapshot, Typing, Wire } from "@parley/protocol";
import { useSyncExternalStore } from "react";
import { fromSnapshot, type Live, take } from "./reduce";
import { type Follower, follow, type Link } from "./socket";

/** World is all the browser knows about the floor: the mirror and what passes by. */
export interface World {
  live: Live | null;
  link: Link;
  gauges: Gauges | null;
  /** By conversation: who is typing, until when in the browser's clock. */
  typing: Record<string, Typing>;
  /** Who ended the session, if somebody else did. */
  endedBy: string;
  /** Server clock minus browser clock. Unit: milliseconds. */
  offset: number;
  /** The server's build when we connected first, and now. */
  build: { first: string; now: string };
  /** The last time the link was lost: by the server's clock, and what customers wrote meanwhile. */
  gap: { from: number; until: number; messages: number } | null;
}

/** Source is where the store gets what it does not hear on the socket. */
export interface Source {
  snapshot: () => Promise<Snapshot>;
  ticket: () => Promise<string>;
}

const noLink: Link = { state: "starting", downSince: 0, retryAt: 0, stopped: "" };
const nothing: World = {
  live: null,
  link: noLink,
  gauges: null,
  typing: {},
  endedBy: "",
  offset: 0,
  build: { first: "", now: "" },
  gap: null,
};

/** How long a lost link goes unmentioned. Unit: milliseconds. Source: UX-45. */
const quiet = 2_000;

/** What changes the person's own rights or the configuration they see. */
const reloads = new Set([
  "config_changed",
  "agent_changed",
  "queue_changed",
  "queue_removed",
  "membership_changed",
  "setting_published",
]);

/** createStore makes a mirror that follows one server. */
export function createStore(source: Source, followWith = follow) {
  let world = nothing;
  let follower: Follower | undefined;
  let fetching: Promise<void> | undefined;
  let again = false;
  let starting: Promise<void> | undefined;
  const listeners = new Set<() => void>();
  const watchers = new Set<(frame: Frame, before: Live, after: Live) => void>();

  function set(change: Partial<World>) {
    world = { ...world, ...change };
    for (const l of listeners) l();
  }

  async function load() {
    const s = await source.snapshot();
    if (world.live && s.n < world.live.n) return; // the socket was faster
    set({ live: fromSnapshot(s, world.live?.messages), offset: s.now - Date.now() });
  }

  /** refresh fetches a snapshot; asked again meanwhile, it fetches once more. */
  function refresh(): Promise<void> {
    if (fetching) {
      again = true;
      return fetching;
    }
    fetching = load().finally(() => {
      fetching = undefined;
      if (again) {
        again = false;
        void refresh().catch(() => follower?.wake());
      }
    });
    return fetching;
  }

  function takeFrame(frame: Frame) {
    const before = world.live;
    if (!before) return;
    const after = take(before, frame);
    if (!after) {
      void refresh().catch(() => undefined);
      return;
    }
    if (after === before) return;
    set({ live: after });
    countMissed(frame);
    for (const w of watchers) w(frame, before, after);
    if (frame.events?.some((e) => reloads.has(e.type))) void refresh().catch(() => undefined);
  }

  /** takeLink notes a gap when the link is back after a time worth mentioning. */
  function takeLink(link: Link) {
    const before = world.link;
    if (link.state === "up" && before.state === "retrying" && Date.now() - before.downSince > quiet) {
      const gap = { from: before.downSince + world.offset, until: Date.now() + world.offset, messages: 0 };
      set({ link, gap });
      return;
    }
    set({ link });
  }

  /** countMissed adds what customers wrote during the gap, as it is replayed. */
  function countMissed(frame: Frame) {
    const gap = world.gap;
    if (!gap) return;
    const missed = frame.events.filter(
      (e) => e.message?.sender === "customer" && e.at >= gap.from && e.at <= gap.until,
    ).length;
    if (missed > 0) set({ gap: { ...gap, messages: gap.messages + missed } });
  }

  function takeWire(wire: Wire) {
    if (wire.hello) {
      const build = { first: world.build.first || wire.hello.build, now: wire.hello.build };
      set({ offset: wire.hello.now - Date.now(), build, endedBy: "" });
    }
    if (wire.frame) takeFrame(wire.frame);
    if (wire.gauges) set({ gauges: wire.gauges });
    if (wire.ended_by) set({ endedBy: wire.ended_by });
    if (wire.typing) {
      const until =
        wire.typing.until_ms === 0 ? 0 : Math.min(wire.typing.until_ms - world.offset, Date.now() + 6_000);
      set({ typing: { ...world.typing, [wire.typing.conversation]: { ...wire.typing, until_ms: until } } });
    }
  }

  return {
    get: () => world,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** watch hears each frame that changed something, with the mirror on both sides. */
    watch(watcher: (frame: Frame, before: Live, after: Live) => void) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    /** start fetches the first snapshot and follows from there. */
    async start() {
      if (starting) return starting;
      starting = refresh();
      const mine = starting;
      await mine.catch((error) => {
        starting = undefined;
        throw error;
      });
      if (starting !== mine) return; // signed out meanwhile
      follower = followWith({
        after: () => world.live?.n ?? 0,
        ticket: source.ticket,
        take: takeWire,
        link: takeLink,
      });
    },
    /** pause stops following and keeps what is known: the page stays as it was. */
    pause() {
      follower?.stop();
      follower = undefined;
      starting = undefined;
    },
    stop() {
      follower?.stop();
      follower = undefined;
      starting = undefined;
      world = nothing;
      for (const l of listeners) l();
    },
    wake: () => follower?.wake(),
    lose: () => follower?.lose(),
    refresh,
    /** now is the server's time. Unit: Unix milliseconds. */
    now: () => Date.now() + world.offset,
  };
}

export type Store = ReturnType<typeof createStore>;

/** useWorld reads a part of a store. `pick` must return what it finds, not a copy. */
export function useWorld<Out>(store: Store, pick: (world: World) => Out): Out {
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}
