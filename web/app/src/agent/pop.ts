import type { Interaction, Me } from "@parley/protocol";
import { useEffect, useRef } from "react";

type Pop = Me["autolog"]["pop"];

/** popOf is how the log of an interaction opens: by the rule of its queue, else of the center (CRM-10). */
export function popOf(i: Pick<Interaction, "log_pop">, me: Pick<Me, "autolog">): Pop {
  return i.log_pop || me.autolog.pop;
}

/** opensFor says whether a log opens to edit: by autolog.pop, or, on "auto", while nobody is linked (CRM-10). */
export function opensFor(pop: Pop, linked: boolean): "view" | "edit" {
  if (pop === "edit" || pop === "view") return pop;
  return linked ? "view" : "edit";
}

/**
 * useLogPop opens the log once, when the interaction has ended and has one. While the record of a new customer is
 * typed it waits for that to be done.
 *
 * Source: CRM-10, E29.
 */
export function useLogPop(due: boolean, typing: boolean, open: () => void) {
  const done = useRef(due);
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    if (!due || typing || done.current) return;
    done.current = true;
    latest.current();
  }, [due, typing]);
}
