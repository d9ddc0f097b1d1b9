/**
 * The words on the wire between the server and the app. Times are Unix
 * milliseconds (0 = none) and end in `_at` or `_until`; durations end in `_s`.
 */

import type { CrmBrief } from "./crm";
import type { Composer, Message, Sender } from "./message";

export type * from "./crm";
export type * from "./knowledge";
export type * from "./message";
export type * from "./records";

export type Role = "agent" | "supervisor" | "admin";
export type Permission = "serve" | "records" | "supervise" | "administer" | "audit" | "channel";
export type Preset = "workspace" | "console" | "crm_panel";
export type Channel =
  | "webchat"
  | "support_center"
  | "sms"
  | "facebook"
  | "instagram"
  | "x"
  | "whatsapp"
  | "telegram"
  | "open";
export type BaseStatus = "available" | "on_break" | "work_offline" | "logged_out";
export type Displayed = BaseStatus | "busy" | "post_processing" | "offered";
export type InteractionState =
  | "created"
  | "queued"
  | "offered"
  | "active"
  | "parked"
  | "wrapup"
  | "logged"
  | "abandoned"
  | "short_abandoned"
  | "skipped"
  | "offline"
  | "queue_timeout"
  | "diverted"
  | "cancelled";

/** A thing and its name. */
export interface Ref {
  id: string;
  name: string;
}
/** A person and the name customers see. */
export interface PersonRef {
  id: string;
  display_name: string;
}
/** One page of a list; `next` is "" on the last. */
/** Help is where people of the center find more than their screens say; "" is nowhere (F114). */
export interface Help {
  docs_url: string;
  feedback_url: string;
}

export interface Page<T> {
  items: T[];
  next: string;
}

export interface MyQueue {
  id: string;
  name: string;
  level: number;
  assigned: boolean;
  enabled: boolean;
  queue_enabled: boolean;
}
export interface StatusCode {
  id: string;
  applies: "on_break" | "work_offline" | "logged_out" | "reject";
  name: string;
  name_fr: string;
}
/** Me is who is signed in and what they may do here. */
export interface Me {
  id: string;
  login: string;
  display_name: string;
  email: string;
  role: Role;
  group: { id: string; name: string; preset: Preset };
  language: string;
  capacity: number;
  /** What stands below their messages where that is on, "" = nothing. */
  signature: string;
  may: {
    reject: boolean;
    block: boolean;
    toggle_queues: boolean;
    edit_profile: boolean;
    /** When records open by themselves (POP-07). */
    change_pops: boolean;
    transfer_to_agent: boolean;
  };
  permissions: Permission[];
  limits: { webchat: number; support_center: number };
  labels_preset: "workspace" | "console";
  busy_menu: "stop_new_only" | "deferred";
  wrapup_extend_s: number;
  wrapup_continue_step: boolean;
  /** Whether the End button asks first (WRP-01). */
  confirm_end: boolean;
  queues: MyQueue[];
  status_codes: StatusCode[];
  pop: { on_offer: boolean; on_accept: boolean; on_end: boolean };
  autolog: { enabled: boolean; pop: "none" | "view" | "edit" | "auto" };
  demo: boolean;
  center: string;
  zone: string;
}
/** Agent is a colleague's (or one's own) status, load and link. */
export interface Agent {
  id: string;
  display_name: string;
  group_id: string;
  role: Role;
  base: BaseStatus;
  sub: "none" | "stopnew";
  next: BaseStatus | "";
  conn: "up" | "grace" | "down";
  displayed: Displayed;
  since_at: number;
  reason: string;
  code: string;
  by_name: string;
  code_name: string;
  offered: number;
  active: number;
  wrapping: number;
  load: number;
  capacity: number;
  idle_since_at: number;
  return_at: number;
  grace_until: number;
}
export interface Visitor {
  name: string;
  email: string;
  phone: string;
  account_number: string;
  case_number: string;
  question: string;
  language: string;
  zone_offset: number;
  ip: string;
  browser: string;
  page: string;
  /** Their name on the network, without @. */
  handle: string;
  /** Where they are answered on a network, "" on the web. */
  address: string;
  /** What the site says of them, by name: claimed, not verified. */
  variables?: Record<string, string>;
  away: boolean;
  /** When they agreed to the entry point's text of consent, 0 = none was asked for. */
  consent_at: number;
  /** Version of its words. */
  consent: string;
}
export interface Disposition {
  id: string;
  name: string;
  name_fr: string;
  short: string;
}
export interface DispositionList {
  id: string;
  name: string;
  name_fr: string;
  required: boolean;
  multiple: boolean;
  codes: Disposition[];
}
export interface Offer {
  /** `<interaction>.<attempt>` */
  id: string;
  until: number;
  made_at: number;
  may_reject: boolean;
  agent_id: string;
}
/** Interaction is one routed unit of work, as its reader may see it. */
export interface Interaction {
  id: string;
  number: number;
  conversation_id: string;
  journey_id: string;
  origin_id: string;
  channel: Channel;
  state: InteractionState;
  queue: Ref;
  agent: PersonRef | null;
  customer: { id: string; name: string; account_number: string };
  visitor: Visitor;
  match: {
    count: number;
    rule: "case" | "account" | "customer" | "email" | "phone" | "field" | "";
    customer_ids: string[];
    case_id: string;
  };
  /** What CRMs outside know of who writes; absent where none is connected (DYN-02). */
  crm?: CrmBrief[];
  entry_at: number;
  created_at: number;
  accepted_at: number;
  ended_at: number;
  ended_by: string;
  end_why: string;
  /** Of one that is parked; 0 = until the customer's next message (I29). */
  parked_until: number;
  /** null unless it is parked. */
  parked_by: PersonRef | null;
  wrapup_from: number;
  wrapup_until: number;
  overdue: boolean;
  await_ack: boolean;
  unviewed: boolean;
  code_required: boolean;
  complete: boolean;
  offer: Offer | null;
  transfer: { pending_to: PersonRef | null; from: PersonRef | null };
  last: { seq: number; sender: Sender; text: string; at: number } | null;
  unread_from_at: number;
  unanswered: number;
  delivered_seq: number;
  read_seq: number;
  last_seq: number;
  reply_target_s: number;
  priority: number;
  lists: DispositionList[];
  chosen: string[];
  case: { id: string; number: number; status: string; draft: boolean; customer_id: string } | null;
  /** Marks in what its agent writes are shown to the customer (FAQ-04). */
  rich?: boolean;
  draft: string;
  /** Of its agent: how its log opens when it has ended (CRM-10); "" for others. */
  log_pop: "" | "none" | "view" | "edit" | "auto";
  /** More wrap-up time may be asked for now (WRP-11). */
  may_extend: boolean;
  /** Until when the network lets us answer freely, 0 = always (WAP-05). */
  window_until: number;
  /** What the network takes; of its agent, null on the web. */
  composer: Composer | null;
}

/** EventType is the kind of an entry of the log. */
export type EventType =
  | "agent_changed"
  | "queue_changed"
  | "queue_removed"
  | "membership_changed"
  | "setting_published"
  | "interaction_created"
  | "script_waits"
  | "answer_due"
  | "wait_message_due"
  | "queued"
  | "offer_made"
  | "offer_ended"
  | "accepted"
  | "parked"
  | "heard"
  | "inactivity_warned"
  | "window_moved"
  | "window_warned"
  | "customer_link_changed"
  | "conversation_ended"
  | "wrapup_started"
  | "wrapup_extended"
  | "wrapup_overdue"
  | "disposition_set"
  | "viewed"
  | "dismissed"
  | "interaction_closed"
  | "interaction_transferred"
  | "presence_changed"
  | "next_set"
  | "stop_new_set"
  | "stop_new_cleared"
  | "link_changed"
  | "restarted"
  | "message_added"
  | "message_changed"
  | "delivery_changed"
  | "note_added"
  | "record_changed"
  | "dispositions_chosen"
  | "config_changed"
  | "missed_changed";
/** Note is an agent's remark; the customer never sees it. */
export interface Note {
  id: string;
  interaction_id: string;
  agent: PersonRef | null;
  client_id: string;
  text: string;
  at: number;
}

export interface Event {
  n: number;
  at: number;
  type: EventType;
  interaction?: Interaction;
  /** An interaction that left the reader's view. */
  gone?: string;
  agent?: Agent;
  message?: Message;
  note?: Note;
  how?: string;
  why?: string;
}
/** Frame holds all that its reader may see of the log in (from, to]. */
export interface Frame {
  from: number;
  to: number;
  events: Event[];
}
export interface QueueGauge {
  id: string;
  name: string;
  waiting: number;
  longest_at: number;
  offered: number;
  active: number;
  parked: number;
  wrapping: number;
  members_on: number;
  available: number;
  busy: number;
  on_break: number;
  entered_today: number;
  accepted_today: number;
  abandoned_today: number;
  /** -1 = none yet today */
  sla_pct: number;
  sla_target_pct: number;
  sla_s: number;
}
export interface Colleague {
  id: string;
  display_name: string;
  displayed: Displayed;
  load: number;
  capacity: number;
}
export interface Gauges {
  queues: QueueGauge[];
  my_place: number;
  my_today: { handled: number };
}
export interface Typing {
  conversation: string;
  by: "customer" | "agent";
  name: string;
  until_ms: number;
}
/** Wire is one thing the server sends over the live socket. */
export interface Wire {
  hello?: { now: number; build: string };
  frame?: Frame;
  gauges?: Gauges;
  typing?: Typing;
  /** The server goes: come back after this time. */
  drain?: { reconnect_after_ms: number };
  /** Why an event stream ends; a socket has its close code. */
  close?: { code: number; why: string };
  /** Who ends this session; it closes next. */
  ended_by?: string;
}
/** Snapshot is everything a person sees, as it was at entry `n` of the log. */
export interface Snapshot {
  n: number;
  now: number;
  me: Me;
  agents: Agent[];
  interactions: Interaction[];
  messages: Record<string, Message[]>;
  notes: Record<string, Note[]>;
}

export interface TransferTargets {
  queues: { id: string; name: string; waiting: number; available: number; staffed: boolean }[];
  agents: (Colleague & { may: boolean; why: string })[];
}

/** Problem is the body of every refusal: codes, never a sentence. */
export interface Problem {
  status: number;
  code: string;
  request_id: string;
  data?: Record<string, unknown>;
  errors?: { field: string; code: string; whose?: string }[];
}
