import type { Event, EventType } from "@parley/protocol";

/** Cargo is what an event can carry. */
type Cargo = "interaction" | "gone" | "agent" | "message" | "note";

const all: readonly Cargo[] = ["interaction", "gone", "agent", "message", "note"];

/**
 * cargo says what an event of each kind may bring to a screen. A new kind does
 * not compile until it has its line here; recorded days are held against it.
 */
export const cargo: Record<EventType, readonly Cargo[]> = {
  agent_changed: ["agent", "interaction"],
  queue_changed: ["interaction", "agent"],
  queue_removed: ["interaction", "agent"],
  membership_changed: ["agent", "interaction"],
  setting_published: ["agent", "interaction"],
  interaction_created: ["interaction", "gone", "agent"],
  script_waits: ["interaction"],
  answer_due: ["interaction"],
  wait_message_due: ["interaction"],
  queued: ["interaction", "gone", "agent"],
  offer_made: ["interaction", "gone", "agent", "message", "note"],
  offer_ended: ["interaction", "gone", "agent"],
  accepted: ["interaction", "gone", "agent", "message", "note"],
  parked: ["interaction", "gone", "agent"],
  heard: [],
  inactivity_warned: ["interaction", "agent"],
  window_moved: [],
  window_warned: ["interaction", "agent"],
  customer_link_changed: ["interaction"],
  conversation_ended: ["interaction", "gone", "agent"],
  wrapup_started: ["interaction", "gone", "agent"],
  wrapup_extended: ["interaction", "gone", "agent"],
  wrapup_overdue: ["interaction", "gone", "agent"],
  disposition_set: ["interaction", "gone", "agent"],
  viewed: ["interaction", "gone", "agent"],
  dismissed: ["interaction", "gone", "agent"],
  interaction_closed: ["interaction", "gone", "agent"],
  interaction_transferred: ["interaction", "gone", "agent"],
  presence_changed: ["agent", "interaction"],
  next_set: ["agent", "interaction"],
  stop_new_set: ["agent", "interaction"],
  stop_new_cleared: ["agent", "interaction"],
  link_changed: ["agent", "interaction"],
  restarted: ["agent", "interaction"],
  message_added: ["interaction", "message"],
  message_changed: ["interaction", "message"],
  delivery_changed: ["interaction", "message"],
  note_added: ["note", "interaction"],
  record_changed: ["interaction"],
  dispositions_chosen: ["interaction", "agent"],
  config_changed: ["interaction", "agent"],
  missed_changed: ["interaction", "agent"],
};

/** unexpected returns what an event carries that its kind should not bring. */
export function unexpected(event: Event): Cargo[] {
  const allowed = cargo[event.type] ?? [];
  return all.filter((c) => event[c] && !allowed.includes(c));
}
