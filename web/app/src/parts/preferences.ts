import { useSyncExternalStore } from "react";

/** Preferences are one person's comforts in this browser; no content, no rights. */
export interface Preferences {
  /** Single-letter shortcuts (WCAG 2.1.4: they can be off). */
  letters: boolean;
  /** The person's own keys, by what they do; what is not named has its usual one. */
  keys: Record<string, string>;
  sound: boolean;
  /** Of the ring. Unit: 0 to 1. */
  volume: number;
  notify: boolean;
  /** A desktop notification says who writes and what, not only for which queue. */
  notifyWords: boolean;
  /** Order of the list: oldest offered first, or longest waiting for me. */
  order: "oldest" | "waiting";
  /** Enter sends and Shift+Enter makes a line, or the other way round. */
  enterSends: boolean;
  /** Whether the list of colleagues is open. */
  colleagues: boolean;
  /** The columns of lists, by list; none = the usual ones. */
  columns: Record<string, readonly string[]>;
}

const standard: Preferences = {
  letters: true,
  keys: {},
  sound: true,
  volume: 0.5,
  notify: true,
  notifyWords: true,
  order: "oldest",
  enterSends: true,
  colleagues: false,
  columns: {},
};
const place = "parley.preferences";

function load(): Preferences {
  try {
    return { ...standard, ...JSON.parse(localStorage.getItem(place) ?? "{}") };
  } catch {
    return standard;
  }
}

let current = load();
const listeners = new Set<() => void>();

/** preferences reads them outside of components. */
export const preferences = () => current;

/** prefer changes some of them, at once and for later. */
export function prefer(change: Partial<Preferences>) {
  current = { ...current, ...change };
  try {
    localStorage.setItem(place, JSON.stringify(current));
  } catch {
    // storage is switched off: they hold until the page is closed
  }
  for (const l of listeners) l();
}

/** usePreferences reads them in a component. */
export function usePreferences(): Preferences {
  return useSyncExternalStore((l) => {
    listeners.add(l);
    return () => listeners.delete(l);
  }, preferences);
}
