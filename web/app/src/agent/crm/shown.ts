import { useSyncExternalStore } from "react";

/**
 * Which records outside were opened here, so that the others wait as links and
 * none opens twice (DYN-03). A page that was loaded again still knows.
 */
const key = "parley.crm.shown";
const most = 200;

const place = (interaction: string, connection: string) => `${interaction} ${connection}`;

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((k) => typeof k === "string") : [];
  } catch {
    return [];
  }
}

let shown: ReadonlySet<string> = new Set(read());
const listeners = new Set<() => void>();

function set(next: Iterable<string>) {
  const list = [...next].slice(-most);
  shown = new Set(list);
  try {
    localStorage.setItem(key, JSON.stringify(list));
  } catch {
    // storage is switched off or full: this page still knows
  }
  for (const l of listeners) l();
}

/** markShown notes that what a CRM knows of who writes was opened. */
export function markShown(interaction: string, connection: string) {
  if (!wasShown(interaction, connection)) set([...shown, place(interaction, connection)]);
}

/** wasShown reports whether it was. */
export function wasShown(interaction: string, connection: string): boolean {
  return shown.has(place(interaction, connection));
}

/** useShown draws again when something was opened. */
export function useShown(): ReadonlySet<string> {
  return useSyncExternalStore(
    (l) => {
      listeners.add(l);
      return () => listeners.delete(l);
    },
    () => shown,
  );
}
