/** Webhook is an address outside that is told what happens here. */
export interface Webhook {
  id: string;
  rev: number;
  name: string;
  url: string;
  events: string[];
  enabled: boolean;
  why: string;
  old_secret: boolean;
  failing_since: number;
  verified_at: number;
  created_at: number;
}

export const eventTypes = [
  "conversation",
  "queued",
  "members",
  "transfer",
  "message",
  "activity",
  "delivery",
  "case",
] as const;

/** Told is one thing it was told; what that said is not kept. */
export interface Told {
  id: string;
  type: (typeof eventTypes)[number] | "verify";
  conversation_id: string;
  state: "waiting" | "delivered" | "failed" | "dropped";
  attempt: number;
  status: number;
  error: string;
  created_at: number;
  tried_at: number;
}
