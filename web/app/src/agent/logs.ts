import type { Case } from "@parley/protocol";
import { changes, merge, same } from "../parts/editor/merge";
import type { Start } from "../parts/editor/useEditor";

/** Typed is what a person types into a log, and the version they type it on. */
type Typed = Pick<Case, "rev" | "subject" | "notes" | "status" | "customer">;
const typedOf = ({ rev, subject, notes, status, customer }: Case): Typed => ({
  rev,
  subject,
  notes,
  status,
  customer,
});

const place = (agent: string, id: string) => `parley.log.${agent}.${id}`;

/**
 * keepLog keeps what is typed into a log in this browser until it is saved, and what it was typed on.
 *
 * Source: R-69, INV-13, UX-37.
 */
export function keepLog(agent: string, { base, draft }: Start<Case>) {
  try {
    const kept = { base: typedOf(base), typed: typedOf(draft) };
    localStorage.setItem(place(agent, draft.id), JSON.stringify(kept));
  } catch {
    // storage is switched off or full: the form still has it
  }
}

/**
 * logOf returns what was typed into a log and never saved; null if that is nothing new. It goes on top of what
 * colleagues have saved since; where both wrote the same field it stays on what it was typed on, so that saving asks.
 *
 * Source: R-69, UX-43.
 */
export function logOf(agent: string, saved: Case): Start<Case> | null {
  try {
    const kept = JSON.parse(localStorage.getItem(place(agent, saved.id)) ?? "null") as
      | { base: Typed; typed: Typed }
      | Partial<Typed> // as it was kept before the base was
      | null;
    if (!kept) return null;
    // A customer linked meanwhile stays linked (CRM-10).
    const on = (t: Partial<Typed>): Case => ({
      ...saved,
      ...t,
      customer: saved.customer ?? t.customer ?? null,
    });
    const [base, draft] = "typed" in kept ? [on(kept.base), on(kept.typed)] : [saved, on(kept)];
    if (changes(base, draft, saved).some((c) => c.clash)) return { base, draft };
    const both = merge(base, draft, saved, new Set());
    return same(both, saved) ? null : { base: saved, draft: both };
  } catch {
    return null;
  }
}

/** forgetLog drops what is saved, or discarded. */
export function forgetLog(agent: string, id: string) {
  try {
    localStorage.removeItem(place(agent, id));
  } catch {
    // nothing was kept
  }
}
