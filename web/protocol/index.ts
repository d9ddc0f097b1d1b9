/**
 * The words on the wire between the server and the app. Times are Unix
 * milliseconds (0 = none) and end in `_at` or `_until`; durations end in `_s`.
 */

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
export type ContentKind =
  | "text"
  | "image"
  | "video"
  | "audio"
  | "voice"
  | "document"
  | "sticker"
  | "location"
  | "contacts"
  | "choice"
  | "form"
  | "order"
  | "referral"
  | "story"
  | "template"
  | "placeholder";
/** Composer is what a network takes, for whoever writes there. */
export interface Composer {
  /** Of a message. Unit: code points (CNV-03). */
  limit: number;
  /** Of one message of the network, in `unit`: longer ones go in parts (CNV-05). */
  part_limit: number;
  unit: "code_points" | "utf16" | "bytes";
  /** Counted and paid by SMS segments. */
  segments: boolean;
  /** No files, no emoji (CNV-07). */
  plain_text: boolean;
  files: ContentKind[];
  /** MIME types; none = any. */
  file_types: string[];
  /** Unit: bytes; 0 = no limit known. */
  file_max: number;
  /** Emojis that may be put under a customer's message. */
  reactions: string[];
  typing: boolean;
  receipts: boolean;
  reads: boolean;
  /** Approved ones may be sent, also when the window is closed (WAP-05). */
  templates: boolean;
  /** Until when a person may answer after the window, 0 = no longer than it. */
  human_until: number;
  /** Why nothing is sent for now, "" = it is. */
  paused: "" | "admin" | "auth" | "blocked";
  /** The customer asked not to be written to (SMS-09). */
  opted_out: boolean;
  /** It can be asked what became of a message. */
  check: boolean;
  /** Put below what is written, "" = none. */
  signature: string;
  /** Of a segment, in millionths of `currency`; 0 = not known. */
  price_micros: number;
  /** ISO 4217, "" without a price. */
  currency: string;
}
export interface Attachment {
  id: string;
  kind: ContentKind;
  name?: string;
  /** As sniffed, once it is ready. */
  type?: string;
  size?: number;
  width?: number;
  height?: number;
  state: "fetching" | "ready" | "failed" | "refused";
  /** A code: expired, too_large ... */
  why?: string;
  caption?: string;
}
/** Place is somewhere on the map. */
export interface Place {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}
/** ContactCard is somebody's address, passed on. */
export interface ContactCard {
  name: string;
  phones?: string[];
  emails?: string[];
}
/** Choice is a button or a row. */
export interface Choice {
  id: string;
  title: string;
}
export interface Reaction {
  emoji: string;
  by: string;
  at: number;
  /** Ours: an error class of the networks, why it is not shown as it stands here. */
  failed?: string;
}
/** Template is a message a network approved beforehand (WAP-05). */
export interface Template {
  name: string;
  language: string;
  /** With {{1}} ... where the values go. */
  body?: string;
  values?: string[];
  /** Where the network wants each value; none: all in its body, by number. */
  slots?: { part: string; name?: string; button?: number }[];
}
/** Content is what a message carries besides its text. */
export interface Content {
  kind: ContentKind;
  files?: Attachment[];
  location?: Place;
  contacts?: ContactCard[];
  /** What the customer chose. */
  choice?: Choice;
  /** What we let them choose from. */
  options?: Choice[];
  /** Of a form, an order, a referral. */
  fields?: { name: string; value: string }[];
  /** What it answers, if we know it. */
  reply_to?: string;
  forwarded?: boolean;
  template?: Template;
  /** The text with its marks, where it has any. */
  blocks?: RichBlock[];
  /** A code: attachment_not_supported, group, auto_reply ... */
  note?: string;
  /** The text as the customer changed it; the message's own stays as it came. */
  edited?: string;
  edited_at?: number;
  /** The customer took it back. */
  revoked_at?: number;
  reactions?: Reaction[];
  /** The network's time, where it is far from ours. */
  sent_at?: number;
}
export type DeliveryState = "pending" | "sent" | "delivered" | "read" | "played" | "failed" | "unconfirmed";
/** Delivery is how a message to a network stands. */
export interface Delivery {
  state: DeliveryState;
  /** Why it failed or is not confirmed: an error class of the networks. */
  code?: string;
  /** The network's own words. */
  detail?: string;
  /** How many messages of the network it became, 0 = not yet known. */
  parts: number;
  at: number;
}
export type Sender = "customer" | "agent" | "system";
/** Message is one line of a conversation; a system message's text is a code. */
export interface Message {
  id: string;
  conversation_id: string;
  interaction_id: string;
  seq: number;
  sender: Sender;
  agent: PersonRef | null;
  client_id: string;
  text: string;
  at: number;
  content?: Content;
  /** Of what went to a network. */
  delivery?: Delivery;
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
  colleagues: Colleague[];
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
/** Imported is what one step of an import did, or of a dry run would do. */
export interface Imported {
  rows: number;
  /** From where to go on, 0 = all is done. */
  next: number;
  added: number;
  /** Rows that an earlier try with the same file added. */
  had: number;
  wrong: ImportFault[];
  head: string[];
  columns: string[];
  encoding: string;
  separator: string;
  sample: string[][];
}
export interface ImportFault {
  line: number;
  column: string;
  code: string;
  value: string;
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
/** CrmBrief is what an interaction's view shows of one CRM outside. */
export interface CrmBrief {
  connection_id: string;
  state: "searching" | "found" | "unavailable";
  /** How many records fit. */
  count: number;
  log: "" | "pending" | "posted" | "failed";
  rev: number;
}

/** CrmRecord is a record outside that fits who writes. */
export interface CrmRecord {
  object: string;
  id: string;
  name: string;
  company: string;
  emails: string[];
  phones: string[];
  detail: string;
  /** Found by what the channel does not prove. */
  claimed: boolean;
  url: string;
}

/** CrmLog is how a log outside stands (DYN-06). */
export interface CrmLog {
  state: "pending" | "posted" | "failed";
  regarding: { object: string; id: string };
  url: string;
  owner: "" | "agent" | "integration";
  error: string;
  detail: string;
  attempt: number;
  tried_at: number;
  posted_at: number;
}

/** CrmKnown is what one CRM outside knows of who writes (DYN-02 to DYN-06). */
export interface CrmKnown {
  connection_id: string;
  name: string;
  kind: string;
  crm: string;
  state: CrmBrief["state"];
  records: CrmRecord[];
  regarding: { object: string; id: string };
  chosen: boolean;
  new_url: string;
  prefill: { first_name: string; last_name: string; email: string; phone: string };
  pop_url: string;
  log: CrmLog | null;
  rev: number;
}

/** CrmProfile is how CRMs outside behave for an agent (DYN-07). */
export interface CrmProfile {
  connected: boolean;
  auto_multi_match_pop: boolean;
  locked: boolean;
}

/** Faq is a published answer in one language, as agents find it. */
export interface Faq {
  id: string;
  category_id: string;
  language: string;
  question: string;
  /** As plain text. */
  text: string;
  /** As it was written, with its marks. */
  rich: string;
  blocks: RichBlock[];
  /** It has no pictures, also not among its letters (FAQ-05). */
  text_only: boolean;
  uses: number;
}
/** RichBlock is a paragraph or a list of an answer. */
export interface RichBlock {
  kind: "text" | "bullets" | "numbers";
  /** One of a text, one per line of a list. */
  items: RichSpan[][];
}
/** RichSpan is a stretch of one kind; of an image, `text` is what it shows. */
export interface RichSpan {
  text: string;
  bold?: boolean;
  italic?: boolean;
  link?: string;
  /** The SHA-256 of a picture. */
  image?: string;
}
/** Canned is a canned reply; with codes or a note it is a macro. */
export interface Canned {
  id: string;
  /** An agent: their own; a group: of its members; "" = everybody's. */
  owner_id: string;
  name: string;
  shortcut?: string;
  text: { en: string; fr: string };
  dispositions?: string[];
  note?: string;
  rev?: number;
  uses: number;
}
/** Problem is the body of every refusal: codes, never a sentence. */
export interface Problem {
  status: number;
  code: string;
  request_id: string;
  data?: Record<string, unknown>;
  errors?: { field: string; code: string }[];
}
