/** CrmField is one line of a CRM's form. */
export interface CrmField {
  name: string;
  secret: boolean;
  required: boolean;
  lines: boolean;
  default: string;
  /** What it may look like. */
  example: string;
  options: string[];
  max: number;
}

/** CrmKind is a CRM that can be connected. */
export interface CrmKind {
  kind: string;
  name: string;
  docs: string;
  fields: CrmField[];
  objects: string[];
  frame: string;
}

/** CrmInput is what an administrator fills in. */
export interface CrmInput {
  kind: string;
  name: string;
  settings: Record<string, string>;
  secrets: Record<string, string>;
  objects: string[];
  rev: number;
}

/** CrmConnection is a connection as it was saved; its secrets are never shown. */
export interface CrmConnection extends CrmInput {
  id: string;
  has_secrets: string[];
  paused: string;
  /** What it last said of this set-up: ok, why not, or nothing yet. */
  heard: string;
  pending: number;
  failed: number;
  oldest_pending: number;
  created_at: number;
}

/** CrmChecked is what a CRM says of our set-up, step by step. */
export interface CrmChecked {
  ok: boolean;
  account: string;
  user: string;
  /** When the certificate that proves us ends, 0 if there is none. */
  until: number;
  steps: { name: string; ok: boolean; code: string; detail: string }[];
}

/** CrmLogged is a log and how it stands. */
export interface CrmLogged {
  id: string;
  interaction_id: string;
  state: "pending" | "posted" | "failed";
  error: string;
  detail: string;
  attempt: number;
  tried_at: number;
  posted_at: number;
  /** Where it is in the CRM, "" if it is not there. */
  url: string;
  created_at: number;
}
