import type { PersonRef, Ref } from "@parley/protocol";

/** MissedReply is an e-mail to somebody we missed: kept, and tried again until it goes. */
export type MissedReply = {
  id: string;
  text: string;
  agent: PersonRef | null;
  at: number;
  state: "queued" | "sent" | "failed";
};

/** Missed is a contact nobody served. */
export type Missed = {
  id: string;
  kind: "offline_form" | "skipped" | "abandoned" | "queue_timeout";
  state: "new" | "taken" | "replied" | "done";
  conversation_id: string;
  interaction_id: string;
  queue: Ref | null;
  entry_point: Ref | null;
  name: string;
  email: string;
  text: string;
  owner: PersonRef | null;
  created_at: number;
  /** When they agreed to the entry point's text of consent, 0 = none was asked for; and to which version of it. */
  consent_at: number;
  consent: string;
  rev: number;
  replies: MissedReply[];
  /** false: no mail server is set, a reply waits until there is one. */
  mail_set: boolean;
};

export const missedKinds = ["offline_form", "skipped", "abandoned", "queue_timeout"] as const;
export const missedStates = ["new", "taken", "replied", "done"] as const;
