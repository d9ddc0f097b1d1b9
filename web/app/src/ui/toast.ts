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
  set([...shown.filter((s) => s.text !== text).slice(-2), { id, text, tone, act }]);
  setTimeout(() => dismiss(id), act ? stayToAct : tone === "bad" ? stayToRead : stay);
}

/** dismiss takes a toast away. */
export function dismiss(id: number) {
  if (shown.some((t) => t.id === id)) set(shown.filter((t) => t.id !== id));
}

/** useToasts is what is said now, oldest first. */
export function useToasts(): Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}
