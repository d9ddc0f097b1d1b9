import type { Frame } from "@parley/protocol";
import { useSyncExternalStore } from "react";

/** In which interactions one still wraps up while their customer has written again. */
let all = new Set<string>();
const listeners = new Set<() => void>();

/**
 * hearAgain remembers them: an interaction in wrap-up is told anew when the next
 * one of its conversation begins.
 *
 * Source: RPL-04.
 */
export function hearAgain(frame: Frame, me: string) {
  const told = frame.events.filter(
    (e) =>
      e.type === "interaction_created" && e.interaction?.state === "wrapup" && e.interaction.agent?.id === me,
  );
  if (told.length === 0) return;
  all = new Set([...all, ...told.map((e) => e.interaction!.id)]);
  for (const l of listeners) l();
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
