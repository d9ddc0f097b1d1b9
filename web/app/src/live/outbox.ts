import type { Attachment, Template } from "@parley/protocol";
import { useSyncExternalStore } from "react";

/** Beside is what goes with a text. */
export interface Beside {
  /** Uploaded before. */
  files?: Attachment[];
  /** The message it answers. */
  reply_to?: string;
  template?: Template;
}

/** Sending is a message or note on its way; the server's event replaces it. */
export interface Sending {
  client_id: string;
  interaction: string;
  /** The conversation, for a message; "" for a note. */
  conversation: string;
  text: string;
  /** By the browser's clock. Unit: Unix milliseconds. */
  at: number;
  state: "pending" | "queued" | "sent" | "failed";
  /** Why it failed: a code of the API. */
  code: string;
  /** Its number in the conversation, once the server has said it; 0 before, and for a note. */
  seq: number;
  beside?: Beside;
}

/** Post hands one to the server and returns its number, if it has one; it rejects with {status, code}. */
export type Post = (s: Sending) => Promise<{ seq?: number }>;

/** Kept is where unsent things outlive a reload. */
export interface Kept {
  load: () => Sending[];
  save: (all: Sending[]) => void;
}

function memory(): Kept {
  return { load: () => [], save: () => undefined };
}

/** inTab keeps them in this tab's session storage. */
export function inTab(place: string): Kept {
  return {
    load() {
      try {
        return JSON.parse(sessionStorage.getItem(place) ?? "[]");
      } catch {
        return [];
      }
    },
    save(all) {
      try {
        sessionStorage.setItem(place, JSON.stringify(all));
      } catch {
        // storage is switched off: they live as long as the page
      }
    },
  };
}

const firstWait = 1_000;
const longestWait = 15_000;

/**
 * createOutbox sends in order, one after the other per interaction. What the
 * network swallowed is sent again under the same client_id, so that it arrives
 * once; what the server refused stays, marked, until its writer decides.
 *
 * Source: CNV-02, R-55.
 */
export function createOutbox(post: Post, kept: Kept = memory()) {
  let all: Sending[] = kept.load();
  const running = new Set<string>();
  const wakes = new Set<() => void>();
  const listeners = new Set<() => void>();

  function set(next: Sending[]) {
    all = next;
    kept.save(all.filter((s) => s.state !== "sent"));
    for (const l of listeners) l();
  }
  const patch = (id: string, change: Partial<Sending>) =>
    set(all.map((s) => (s.client_id === id ? { ...s, ...change } : s)));

  function nap(ms: number) {
    return new Promise<void>((done) => {
      const wake = () => {
        clearTimeout(timer);
        wakes.delete(wake);
        done();
      };
      const timer = setTimeout(wake, ms);
      wakes.add(wake);
    });
  }

  const nextOf = (interaction: string) =>
    all.find((s) => s.interaction === interaction && (s.state === "pending" || s.state === "queued"));

  async function run(interaction: string) {
    if (running.has(interaction)) return;
    running.add(interaction);
    let wait = firstWait;
    for (let s = nextOf(interaction); s; s = nextOf(interaction)) {
      try {
        const { seq = 0 } = await post(s);
        wait = firstWait;
        patch(s.client_id, { state: "sent", seq });
      } catch (error) {
        const { status = 0, code = "internal" } = error as { status?: number; code?: string };
        if (status >= 400 && status < 500 && status !== 429 && status !== 401) {
          patch(s.client_id, { state: "failed", code });
          continue;
        }
        patch(s.client_id, { state: "queued", code });
        await nap(wait);
        wait = Math.min(longestWait, wait * 2);
      }
    }
    running.delete(interaction);
  }

  return {
    get: () => all,
    subscribe(l: () => void) {
      listeners.add(l);
      return () => listeners.delete(l);
    },
    /** send puts one on its way; two tabs that may say the same thing hand in the same id. */
    send(what: Pick<Sending, "interaction" | "conversation" | "text" | "beside">, id = ""): string {
      const client_id = id || crypto.randomUUID();
      set([...all, { ...what, client_id, at: Date.now(), state: "pending", code: "", seq: 0 }]);
      void run(what.interaction);
      return client_id;
    },
    retry(client_id: string) {
      const s = all.find((x) => x.client_id === client_id);
      if (!s) return;
      patch(client_id, { state: "pending", code: "" });
      void run(s.interaction);
    },
    drop: (client_id: string) => set(all.filter((s) => s.client_id !== client_id)),
    /** arrived forgets what the mirror now shows. */
    arrived(ids: Set<string>) {
      if (all.some((s) => ids.has(s.client_id))) set(all.filter((s) => !ids.has(s.client_id)));
    },
    /** wake tries at once whatever waits for the network, or was kept from before a reload. */
    wake() {
      for (const s of all) if (s.state === "pending" || s.state === "queued") void run(s.interaction);
      for (const w of [...wakes]) w();
    },
    clear: () => set([]),
  };
}

export type Outbox = ReturnType<typeof createOutbox>;

/** useOutbox is everything on its way. */
export function useOutbox(outbox: Outbox): Sending[] {
  return useSyncExternalStore(outbox.subscribe, outbox.get);
}
