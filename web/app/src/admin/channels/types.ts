import type { Channel } from "@parley/protocol";

/** Field is one line of a network's form. */
export type Field = {
  name: string;
  secret: boolean;
  /** We choose it and tell the network. */
  ours: boolean;
  required: boolean;
  default: string;
  options: string[];
  pattern: string;
  max: number;
  /** `auth=oauth2`: asked for, and required, only where that is chosen. */
  when: string;
};

/** Provider is a network an entry point can be at, as its form and its abilities. */
export type Provider = {
  provider: string;
  channels: Channel[];
  name: string;
  docs: string;
  fields: Field[];
  address: Field;
  base_url: string;
  base_urls: string[];
  api_version: string;
  webhook: boolean;
  register: boolean;
  check: boolean;
  receipts: boolean;
  segments: boolean;
  window_s: number;
  /** In which our number may be; none: no matter. */
  countries: string[];
  /** Where its simulated accounts are; empty: the center has no simulator. */
  simulator: string;
};

/** Pulse is how an entry point's network is doing. Unit: Unix milliseconds, 0 = never. */
export type Pulse = {
  id: string;
  paused: string;
  handshake_at: number;
  signed_at: number;
  unsigned_at: number;
  received_at: number;
  sent_at: number;
  receipt_at: number;
  token_until: number;
  error_at: number;
  error_code: string;
  error_detail: string;
  received: number;
  sent: number;
  failed: number;
  odd: number;
  now: number;
};

export type Writer = { address: string; name: string; at: number };

/** Care is a pulse with what the one who sets up needs. */
export type Care = Pulse & { webhook: string; writers: Writer[] };

export type OddEvent = { id: string; at: number; why: string; body: string; binary: boolean };

/** Answer is what a network said when it was asked. */
export type Answer = {
  ok: boolean;
  code: string;
  detail: string;
  account: string;
  token_until: number;
  subscribed: boolean;
};
