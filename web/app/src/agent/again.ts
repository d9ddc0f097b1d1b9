import type { Frame } from "@parley/protocol";
import { useSyncExternalStore } from "react";

/** Where the tab keeps them, so that a reload forgets nothing. */
const kept = "parley.again";
/** How many are kept: those who wrap up more than this at once do not exist. */
const keptMax = 50;

/** In which interactions one still wraps up while their customer has written again. */
let all = recalled();
const listeners = new Set<() => void>();

/**
 * hearAgain remembers them: an interaction in wrap-up is told anew when the next
 * one of its conversation begins. After a transfer that is the colleague's: nobody
 * wrote.
 *
 * Source: RPL-04, XFR-05.
 */
export function hearAgain(frame: Frame, me: string) {
  const told = frame.events.filter(
    (e) =>
      e.type === "interaction_created" &&
      e.interaction?.state === "wrapup" &&
      e.interaction.agent?.id === me &&
      e.interaction.end_why !== "transferred",
  );
  if (told.length === 0) return;
  all = new Set([...all, ...told.map((e) => e.interaction!.id)].slice(-keptMax));
  try {
    sessionStorage.setItem(kept, JSON.stringify([...all]));
  } catch {
    // full or forbidden: the hint lasts until the next reload
  }
  for (const l of listeners) l();
}

/** recalled reads what the tab knew before it was loaded again. */
export function recalled(): Set<string> {
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(kept) ?? "[]");
    return new Set(Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : []);
  } catch {
    return new Set();
  }
}

/** useAgain tells whether the customer wrote again after this interaction had ended. */
export function useAgain(interaction: string): boolean {
  return useSyncExternalStore(
    (l) => {
      listeners.add(l);
      return () => listeners.delete(l);
    },
    () => all.has(interaction),
  );
}
