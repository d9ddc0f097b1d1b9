import { createStore, useWorld, type World } from "./store";

async function ask<Out>(method: string, address: string): Promise<Out> {
  const response = await fetch(address, { method, credentials: "same-origin" });
  if (!response.ok) throw Object.assign(new Error(address), { status: response.status });
  return response.json();
}

/** floor is this tab's mirror of the center. */
export const floor = createStore({
  snapshot: () => ask("GET", "/api/live/snapshot"),
  ticket: async () => (await ask<{ ticket: string }>("POST", "/api/live/ticket")).ticket,
});

/** useFloor reads a part of what this tab knows. */
export function useFloor<Out>(pick: (world: World) => Out): Out {
  return useWorld(floor, pick);
}

/** useLive reads a part of the mirror; only for use after it has arrived. */
export function useLive<Out>(pick: (live: NonNullable<World["live"]>) => Out): Out {
  return useFloor((w) => {
    if (!w.live) throw new Error("the mirror is empty");
    return pick(w.live);
  });
}

/** useMe is the person signed in here. */
export function useMe() {
  return useLive((l) => l.me);
}
