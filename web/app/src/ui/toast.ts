import { useSyncExternalStore } from "react";

export type Tone = "good" | "bad" | "plain";
export interface Toast {
  id: number;
  text: string;
  tone: Tone;
}

/** How long a toast stays. Unit: milliseconds. */
const stay = 6_000;

let shown: Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: Toast[]) {
  shown = next;
  for (const l of listeners) l();
}

/** toast says something in passing; what must not be missed belongs on the page. */
export function toast(text: string, tone: Tone = "plain") {
  const id = ++last;
  set([...shown.filter((s) => s.text !== text).slice(-2), { id, text, tone }]);
  setTimeout(() => dismiss(id), stay);
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
