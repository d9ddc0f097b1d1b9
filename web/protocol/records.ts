/** The words of records: customers, cases, what was said and done. */

import type {
  Channel,
  Disposition,
  Interaction,
  InteractionState,
  Message,
  Note,
  PersonRef,
  Ref,
} from "./index";

export interface Customer {
  id: string;
  account_number: string;
  first_name: string;
  last_name: string;
  emails: string[];
  /** E.164, or as typed where it is none. */
  phones: string[];
  home: PostalAddress;
  other: PostalAddress;
  language: string;
  /** IANA name. */
  zone: string;
  notes: string;
  /** The center's own fields by id. */
  fields: Record<string, string>;
  draft: boolean;
  created_at: number;
  updated_at: number;
  rev: number;
  open_cases: number;
  /** Why it is no longer among the customers. */
  retired?: {
    why: "deleted" | "erased";
    at: number;
    until: number;
    receipt?: ErasureReceipt;
  };
  /** The addresses they write from on networks; of one customer, not of a list. */
  keys?: CustomerKey[];
}
/** PostalAddress is where a customer lives or works. */
export interface PostalAddress {
  lines?: string;
  city?: string;
  region?: string;
  postal_code?: string;
  country?: string;
}
/** ErasureReceipt says what an erasure took and what stays. */
export interface ErasureReceipt {
  id: string;
  at: number;
  /** 0 = under way. */
  done_at: number;
  requests: number;
  files: number;
  /** Saved lists that named the customer. */
  lists: number;
  stays: {
    messages: number;
    interactions: number;
    cases: number;
    consents: number;
    opt_outs: number;
    blocks: number;
  };
}
/** RecordField is one of the center's own fields of customers or cases (CRM-05). */
export interface RecordField {
  id: string;
  object: "customer" | "case";
  name: string;
  label: string;
  label_fr: string;
  type: "text" | "url" | "number" | "date" | "pick_list";
  default: string;
  length: number;
  options: string[] | null;
  active: boolean;
}
/** CustomerKey is an address of a customer on a network. */
export interface CustomerKey {
  kind: "phone" | "whatsapp_user" | "facebook" | "instagram" | "x" | "telegram" | "open";
  value: string;
  handle: string;
  /** Our address where it counts only there, "" = everywhere. */
  at: string;
  former: boolean;
}
/** Talked is an interaction as lists of records show it. */
export interface Talked {
  id: string;
  number: number;
  conversation_id: string;
  channel: Channel;
  /** The linked customer, else what the visitor said (id ""); only in lists of all. */
  customer: Ref;
  state: InteractionState;
  queue: Ref | null;
  agent: PersonRef | null;
  case_id: string;
  created_at: number;
  entry_at: number;
  accepted_at: number;
  ended_at: number;
}
export interface Case {
  id: string;
  number: number;
  customer: Ref | null;
  interaction: Talked | null;
  status: "open" | "closed";
  draft: boolean;
  subject: string;
  notes: string;
  description: string;
  visibility: "everyone" | "group" | "owner";
  severity: "minor" | "normal" | "major" | "critical";
  priority: "low" | "normal" | "high" | "urgent";
  /** Whose it is now. */
  assignee: PersonRef | null;
  /** Of a chat log: the case it was about. */
  follows: { id: string; number: number } | null;
  agent: PersonRef | null;
  /** 0 while open. */
  closed_at: number;
  /** Of the center's own, by id; of one case, not of a list. */
  fields?: Record<string, string>;
  created_at: number;
  updated_at: number;
  rev: number;
}
/** FollowUp is what was done about a case after it was opened (CRM-04). */
export interface FollowUp {
  id: string;
  kind: "note" | "email" | "contact";
  at: number;
  text: string;
  log: { id: string; number: number } | null;
  letter: { email: string; state: "queued" | "sent" | "failed" } | null;
  agent: PersonRef | null;
}
/** Task is what somebody has to do by a day (CRM-04). */
export interface Task {
  id: string;
  kind: "call" | "email" | "meeting" | "chat" | "other";
  subject: string;
  notes: string;
  case: { id: string; number: number } | null;
  customer: Ref | null;
  owner: PersonRef | null;
  due_at: number;
  /** 0 = to do. */
  done_at: number;
  overdue: boolean;
  created_at: number;
  rev: number;
}
/** Happening is one thing of a customer's timeline: the one of the four that is not null (CRM-14). */
export interface Happening {
  id: string;
  at: number;
  channel: Channel | "";
  interaction: Talked | null;
  case: Case | null;
  follow_up: FollowUp | null;
  /** Of a follow-up: its case. */
  about: { id: string; number: number } | null;
  task: Task | null;
}
/** TimelinePage is a stretch of a timeline. */
export interface TimelinePage {
  items: Happening[];
  next: string;
  channel: Channel | "";
  channels: Channel[];
  per_channel: boolean;
}
/** Found is what one line finds, each kind the best first. */
export interface Found {
  customers: Customer[];
  cases: Case[];
  talks: Heard[];
}
/** Heard is an interaction in which the words were said, and the line that holds most of them. */
export interface Heard {
  interaction: Talked;
  seq: number;
  sender: Message["sender"];
  at: number;
  pieces: { text: string; hit: boolean }[];
}
/** Evidence is one thing two customers have in common. */
export interface Evidence {
  kind: "phone" | "name" | "name_alike" | "names_swapped" | "email_alike";
  value: string;
}
/** Belongings are how many things of a customer change hands in a merge. */
export interface Belongings {
  conversations: number;
  cases: number;
  tasks: number;
  letters: number;
}
/** Comparison is two customers beside each other, before they are merged. */
export interface Comparison {
  customer: Customer;
  other: Customer;
  /** What they have in common, the strongest first. */
  evidence: Evidence[] | null;
  own: Belongings;
  theirs: Belongings;
}
/** Imported is what one step of an import did, or of a dry run would do. */
export interface Imported {
  rows: number;
  /** From where to go on, 0 = all is done. */
  next: number;
  added: number;
  /** Rows that an earlier try with the same file added. */
  had: number;
  /** Rows that say of a customer what is said already: nothing to change. */
  same: number;
  /** Customers that were changed, or would be. */
  updated: number;
  /** Of a dry run: what would change. */
  changes: ImportChange[];
  /** What the changed customers said before: what an undo takes. */
  was: ImportWas[];
  wrong: ImportFault[];
  head: string[];
  columns: string[];
  encoding: string;
  separator: string;
  sample: string[][];
}
/** ImportChange is what a row would make of one column of a customer who is there. */
export interface ImportChange {
  line: number;
  customer: string;
  name: string;
  column: string;
  before: string;
  after: string;
}
/** ImportWas is what a customer said before an import; only the server reads it. */
export interface ImportWas {
  customer: string;
  said: object;
}
export interface ImportFault {
  line: number;
  column: string;
  code: string;
  value: string;
}
/** Shortcuts are the keys somebody chose: what is done, and its key; what is not named has the usual one. */
export interface Shortcuts {
  /** Whether keys without Ctrl or Alt do anything. */
  letters: boolean;
  keys: Record<string, string>;
}

/** ChosenColumns are the columns that lists show somebody, by list. */
export interface ChosenColumns {
  lists: Record<string, string[]>;
}

/** SavedList is a list that somebody keeps under a name. */
export interface SavedList {
  id: string;
  list: "customers" | "cases" | "interactions";
  name: string;
  /** Of the list's address. */
  query: string;
  columns: string[];
  shared: boolean;
  mine: boolean;
  rev: number;
}
/** Transcript is what was said in an interaction, whole. */
export interface Transcript {
  interaction: Interaction;
  messages: Message[];
  notes: Note[];
  dispositions: Disposition[];
  /** SHA-256 over the messages since it closed, "" before. */
  hash: string;
  /** Number of the interaction it was transferred from, 0 = none. */
  origin: number;
}
