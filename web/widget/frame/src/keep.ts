import type { Attachment } from "@parley/protocol/visitor";
import { newId } from "./text";

/** Pending is a message that the server has not acknowledged; `failed` is why it never will. */
export interface Pending {
  client_id: string;
  text: string;
  at: number;
  files?: Attachment[];
  failed?: string;
}
export type Fields = Record<string, string>;
/** Job is one thing asked of the server that must happen once, also after a reload. */
export interface Job {
  kind: "begin" | "offline" | "skip" | "again" | "end";
  client_id: string;
  fields: Fields;
}
/** Kept is all that this browser remembers of a visitor, under one key. */
export interface Kept {
  token: string;
  outbox: Pending[];
  job: Job | null;
  draft: string;
  language: string;
  /** What the site calls its customer; another one must not see this conversation. Source: A-037. */
  who: string;
  /** The highest seq this visitor has seen. */
  seen: number;
}

const nothing: Kept = { token: "", outbox: [], job: null, draft: "", language: "", who: "", seen: 0 };

/**
 * Keep is this browser's memory of one entry point's visitor. Every change
 * reads, changes and writes in one go, so tabs do not undo each other. Where
 * storage is forbidden it remembers until the page is left.
 */
export class Keep {
  private memory = "";

  constructor(
    private readonly key: string,
    changed: () => void,
  ) {
    window.addEventListener("storage", (event) => {
      if (event.key === key || event.key === null) changed();
    });
  }

  read(): Kept {
    try {
      this.memory = localStorage.getItem(this.key) ?? "";
    } catch {
      // forbidden: the page's own memory serves
    }
    try {
      return { ...nothing, ...JSON.parse(this.memory || "{}") };
    } catch {
      return nothing;
    }
  }

  write(change: Partial<Kept>): Kept {
    const kept = { ...this.read(), ...change };
    this.memory = JSON.stringify(kept);
    try {
      localStorage.setItem(this.key, this.memory);
    } catch {
      // forbidden or full: the page's own memory serves
    }
    return kept;
  }

  /** opened remembers, for this tab alone, whether the window is open, so that it is after a reload (WEB-07). */
  opened(open?: boolean): boolean {
    return !!this.here("", open === undefined ? open : open ? "1" : "");
  }

  /** typed remembers, for this tab alone, what stands in a form that was not sent. */
  typed(fields?: Fields): Fields {
    return JSON.parse(this.here(".form", fields && JSON.stringify(fields)) || "{}");
  }

  private here(what: string, value?: string): string {
    try {
      if (value !== undefined) sessionStorage.setItem(this.key + what, value);
      return sessionStorage.getItem(this.key + what) ?? "";
    } catch {
      return ""; // forbidden: the window is as it first is
    }
  }

  /** forget leaves nothing but the language. */
  forget(): void {
    const { language } = this.read();
    this.memory = "";
    this.typed({});
    try {
      localStorage.removeItem(this.key);
    } catch {
      // forbidden: nothing was written
    }
    if (language) this.write({ language });
  }

  push(text: string, files?: Attachment[]): void {
    const { outbox } = this.read();
    this.write({ outbox: [...outbox, { client_id: newId(), text, files, at: Date.now() }] });
  }

  /** settle removes a message that arrived, or says why it never will. */
  settle(client_id: string, failed?: string): void {
    const { outbox } = this.read();
    this.write({
      outbox: failed
        ? outbox.map((p) => (p.client_id === client_id ? { ...p, failed } : p))
        : outbox.filter((p) => p.client_id !== client_id),
    });
  }
}

/**
 * alone runs work while no other tab runs the same. Where locks are missing
 * (plain HTTP) or forbidden (a browser that gives frames of other sites no
 * storage), repeats are harmless: the server knows them by their client_id.
 */
export async function alone(name: string, work: () => Promise<void>): Promise<void> {
  let begun = false;
  try {
    await navigator.locks.request(name, () => {
      begun = true;
      return work();
    });
  } catch (error) {
    if (begun) throw error;
    await work();
  }
}
