import type { FollowUp, Me, PersonRef, Task } from "@parley/protocol";
import { useLive } from "../live/floor";

export type { FollowUp, Task };

/** EditsDone is what became of each record of an edit of many (CRM-02, CRM-03, CRM-04). */
export type EditsDone = {
  changed: { id: string; rev: number }[];
  refused: {
    id: string;
    code: "not_found" | "unchanged" | "changed_since" | "too_late" | "conversation_open" | "taken";
  }[];
};

/** Changed is what one save changed of one field. */
export type Changed = {
  rev: number;
  field: string;
  before: string;
  after: string;
  by: string;
  at: number;
};

export const taskKinds = ["call", "email", "meeting", "chat", "other"] as const;
export const visibilities = ["everyone", "group", "owner"] as const;
export const severities = ["minor", "normal", "major", "critical"] as const;
export const priorities = ["low", "normal", "high", "urgent"] as const;

/** taskInput is what is sent of a task. */
export function taskInput(t: Task) {
  return {
    kind: t.kind,
    subject: t.subject,
    notes: t.notes,
    case_id: t.case?.id ?? "",
    customer_id: t.customer?.id ?? "",
    owner_id: t.owner?.id ?? "",
    due_at: t.due_at,
    done: t.done_at > 0,
    rev: t.rev,
  };
}

/** usePeople is who something can be given to: me, my colleagues, and whoever has it now. */
export function usePeople(now: PersonRef | null): { value: string; label: string }[] {
  const me: Me = useLive((l) => l.me);
  const agents = useLive((l) => l.agents);
  const people = new Map(Object.values(agents).map((a) => [a.id, a.display_name]));
  if (me.id) people.set(me.id, me.display_name);
  if (now) people.set(now.id, now.display_name);
  return [...people].map(([value, label]) => ({ value, label }));
}

/** dayField writes a time as a date field has it, in the viewer's zone. */
export function dayField(at: number): string {
  if (!at) return "";
  const d = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

/** timeField writes a time of day as a time field has it. */
export function timeField(at: number): string {
  if (!at) return "";
  const d = new Date(at);
  return `${String(d.getHours()).padStart(2, "0")}:${String(d.getMinutes()).padStart(2, "0")}`;
}

/** momentOf reads a date and a time field, in the viewer's zone; 0 if there is no day. */
export function momentOf(day: string, time: string): number {
  const at = new Date(`${day}T${time || "17:00"}`).getTime();
  return Number.isNaN(at) ? 0 : at;
}
