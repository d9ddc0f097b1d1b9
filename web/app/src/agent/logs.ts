import type { Case } from "@parley/protocol";

/** Typed is what a person types into a log. */
type Typed = Pick<Case, "subject" | "notes" | "status" | "customer">;

const place = (agent: string, id: string) => `parley.log.${agent}.${id}`;

/**
 * keepLog keeps what is typed into a log in this browser until it is saved.
 *
 * Source: R-69, INV-13, UX-37.
 */
export function keepLog(agent: string, c: Case) {
  const { subject, notes, status, customer } = c;
  try {
    localStorage.setItem(place(agent, c.id), JSON.stringify({ subject, notes, status, customer }));
  } catch {
    // storage is switched off or full: the form still has it
  }
}

/** logOf returns what was typed into a log and never saved; null if that is nothing new. */
export function logOf(agent: string, saved: Case): Typed | null {
  try {
    const typed = JSON.parse(localStorage.getItem(place(agent, saved.id)) ?? "null") as Typed | null;
    if (!typed) return null;
    const same =
      typed.subject === saved.subject && typed.notes === saved.notes && typed.status === saved.status;
    const { customer } = typed.customer && !saved.customer ? typed : saved;
    return same && customer?.id === saved.customer?.id ? null : { ...typed, customer };
  } catch {
    return null;
  }
}

/** forgetLog drops what is saved. */
export function forgetLog(agent: string, id: string) {
  try {
    localStorage.removeItem(place(agent, id));
  } catch {
    // nothing was kept
  }
}
