import { here } from "../panel/surface";
import { type Beside, createOutbox, inTab } from "./outbox";
import { settle } from "./settle";
import { createStore, useWorld, type World } from "./store";

async function ask<Out>(method: string, address: string, body?: unknown): Promise<Out> {
  const response = await fetch(here(address), {
    method,
    credentials: "same-origin",
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw Object.assign(new Error(address), { status: response.status, code: problem.code });
  }
  return response.json();
}

/** floor is this tab's mirror of the center. */
export const floor = createStore({
  snapshot: () => ask("GET", "/api/live/snapshot"),
  ticket: async () => (await ask<{ ticket: string }>("POST", "/api/live/ticket", {})).ticket,
});

/** outbox holds what this tab has written and the server has not yet told. */
export const outbox = createOutbox(
  (s) =>
    ask("POST", `/api/interactions/${s.interaction}/${s.conversation ? "messages" : "notes"}`, {
      client_id: s.client_id,
      text: s.text,
      ...carried(s.beside),
    }),
  inTab("parley.outbox"),
);

/** carried is what goes beside a text, as the server takes it: a template by its name. */
function carried({ files, reply_to, template }: Beside = {}) {
  return {
    ...(files && files.length > 0 && { files: files.map((f) => f.id) }),
    ...(reply_to && { reply_to }),
    ...(template && {
      template: { name: template.name, language: template.language, values: template.values ?? [] },
    }),
  };
}

settle(floor, outbox);
let wasUp = false;
floor.subscribe(() => {
  const up = floor.get().link.state === "up";
  if (up && !wasUp) outbox.wake();
  wasUp = up;
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
