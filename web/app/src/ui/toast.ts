import { useSyncExternalStore } from "react";

type Tone = "good" | "bad" | "plain";
interface Toast {
  id: number;
  text: string;
  tone: Tone;
  /** What can be done about it. */
  act?: Act | undefined;
}
/** Act is one thing to do about what was said. */
export interface Act {
  label: string;
  run: () => void;
  /** The ids of what it takes back: whatever is done to one of them next takes the offer away. */
  of?: readonly string[];
}

/** How long a toast stays: it lies over something. Unit: milliseconds. */
const stay = 4_000;
/** The same of one that says what went wrong. */
const stayToRead = 8_000;
/** The same of one that can be acted upon. */
const stayToAct = 20_000;

let shown: Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: Toast[]) {
  shown = next;
  for (const l of listeners) l();
}

/** toast says something in passing; what must not be missed belongs on the page. */
export function toast(text: string, tone: Tone = "plain", act?: Act) {
  const id = ++last;
  settle(...(act?.of ?? []));
  set([...shown.filter((s) => s.text !== text).slice(-2), { id, text, tone, act }]);
  setTimeout(() => dismiss(id), act ? stayToAct : tone === "bad" ? stayToRead : stay);
}

/** settle has no toast offer to take back any more what something else was done to; it goes as one that offers nothing. */
export function settle(...ids: string[]) {
  const stale = shown.filter((t) => t.act?.of?.some((id) => ids.includes(id)));
  if (stale.length === 0) return;
  set(shown.map((t) => (stale.includes(t) ? { ...t, act: undefined } : t)));
  for (const { id } of stale) setTimeout(() => dismiss(id), stay);
}

/** dismiss takes a toast away. */
export function dismiss(id: number) {
  if (shown.some((t) => t.id === id)) set(shown.filter((t) => t.id !== id));
}

/** useToasts is what is said now, as it changes. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, said);
}

/** said is what is said now, oldest first. */
export function said(): readonly Toast[] {
  return shown;
}
