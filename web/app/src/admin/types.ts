/**
 * The shapes of the configuration, as /api/admin gives and takes them. Every
 * object has a rev: saving an old one is refused with `conflict`.
 */
export type Saved = { id: string; rev: number };

/** Role is the set of rights a person starts with (SEC-01). */
export type Role = "agent" | "supervisor" | "admin";

/** Language is one the product speaks. */
export type Language = "en" | "fr-CA";

/** Level is how well: 10 to 100 in tens (RTE-01, RTE-11). */
type SkillLevel = { skill_id: string; level: number };

export type AgentForm = Saved & {
  login: string;
  display_name: string;
  email: string;
  role: Role;
  group_id: string;
  enabled: boolean;
  capacity: number;
  language: Language;
  /** null: as the group or the center says (SEC-04). */
  may_reject: boolean | null;
  skills: SkillLevel[];
  memberships: { queue_id: string; level: number; assigned: boolean; enabled: boolean }[];
  /** Only when the account is made. */
  password?: string;
};

export type Group = Saved & {
  name: string;
  preset: "workspace" | "console";
  default: boolean;
  agents: number;
};

export type Skill = Saved & { name: string };

export const applies = ["on_break", "work_offline", "logged_out", "reject"] as const;

export type StatusCode = Saved & {
  applies: (typeof applies)[number];
  name: string;
  name_fr: string;
  short: string;
  active: boolean;
  order: number;
};

/** What happens to an interaction a queue cannot serve (QUE-08, QUE-09). */
export type QueueAction = "wait" | "drain" | "offline_form" | "overflow" | "message_end";

export type Queue = Saved & {
  name: string;
  description: string;
  enabled: boolean;
  priority: number;
  language: Language | "";
  policy: "skill_then_load_then_idle" | "skill_then_idle";
  accept_interval_s: number;
  wrapup_s: number;
  max_wait_s: number;
  max_size: number;
  on_max_wait: QueueAction;
  on_full: QueueAction;
  no_agents: QueueAction;
  on_close: QueueAction;
  overflow: string;
  required: SkillLevel[];
  sla_percent: number;
  sla_s: number;
  reply_target_s: number;
  wait_text: string;
  wait_text_fr: string;
  members: { agent_id: string; level: number; assigned: boolean; enabled: boolean }[];
};

export type Disposition = {
  id: string;
  name: string;
  name_fr: string;
  short: string;
  report: string;
  active: boolean;
};

export type DispositionList = Saved & {
  name: string;
  name_fr: string;
  required: boolean;
  multiple: boolean;
  queues: string[];
  groups: string[];
  codes: Disposition[];
};

export type FaqCategory = Saved & { name: string; name_fr: string; order: number };

/** FaqText is an answer in one language; `plain` "" is made from `rich` (FAQ-04). */
export type FaqText = { language: Language; question: string; rich: string; plain: string };

export type Faq = Saved & {
  category_id: string;
  active: boolean;
  texts: FaqText[];
  /** The version in force, 0 = none. */
  published: number;
  /** The draft is not what is published. */
  changed: boolean;
  uses: number;
};

export type Canned = Saved & {
  owner_id: string;
  name: string;
  shortcut: string;
  text: Words;
  dispositions: string[];
  note: string;
  uses: number;
};

/** SupportPage is what the public page shows (SUP-01). */
export type SupportPage = Saved & {
  enabled: boolean;
  faqs: boolean;
  chat: boolean;
  email: boolean;
  sharing: boolean;
  entry_point_id: string;
  sharing_url: string;
  title: Words;
  intro: Words;
  accent: string;
};

export const formFields = ["name", "email", "phone", "account_number", "case_number", "question"] as const;

export type Words = { en: string; fr: string };

export type Script = {
  schedule: { zone: string; hours: { day: number; from: number; to: number }[] };
  greeting: Words;
  closed: Words;
  title: Words;
  form: { name: (typeof formFields)[number]; required: boolean }[];
  skip_queue: boolean;
  offline_form: boolean;
  position: boolean;
  customer_end: boolean;
  attachments?: boolean;
  language: Language;
  accent: string;
  /** What is said by itself; what nobody wrote is not said. */
  texts?: Partial<Record<"joined" | "transferred" | "away" | "ended" | "help", Words>>;
  /** What visitors must agree to before a chat; empty = nothing. */
  consent?: Words;
};

export type ObjectKind =
  | "schedule"
  | "online"
  | "offline"
  | "say"
  | "menu"
  | "test"
  | "crm"
  | "set"
  | "language"
  | "forward"
  | "skip"
  | "end";

/** A day unlike its weekday (SCR-06): 0 to 0 is the whole day. */
export type SpecialDay = {
  name: string;
  first: string;
  last: string;
  yearly?: boolean;
  from: number;
  to: number;
  exit: string;
};

export type Calendar = Script["schedule"] & { special: SpecialDay[] };

export type Condition = { field: string; op: string; value: string };

export type FlowObject = {
  label: string;
  kind: ObjectKind;
  exits?: Record<string, string>;
  text?: Words;
  calendar?: Calendar;
  options?: { text: Words; words?: string[] }[];
  wait?: number;
  tries?: number;
  tests?: Condition[];
  skills?: { skill: string; level: number }[];
  priority?: number;
  language?: string;
  queue?: string;
  messages?: { every: number; times: number; texts: Words[] | null };
  form?: boolean;
  mail?: string;
};

/** Flow is the path of a new contact: named objects and where their exits lead (SCR-01). */
export type Flow = { start: string; objects: FlowObject[] | null };

export type FlowFault = { object: string; exit?: string; field?: string; code: string };

export type FlowChange = { object: string; what: "added" | "removed" | "changed" };

export type FlowScript = Saved & {
  name: string;
  kind: "chat" | "sms" | "social";
  draft: Flow;
  published: number;
  faults: FlowFault[];
  changes: FlowChange[];
  used_by: string[];
};

export type EntryPoint = Saved & {
  channel: string;
  /** The network that carries it; webchat is our own widget. */
  provider: string;
  name: string;
  enabled: boolean;
  queue_id: string;
  allowed_origins: string[];
  /** Our end on the network. */
  address: string;
  /** Of a phone number: it may be written as people write it there. */
  country: string;
  settings: Record<string, string>;
  /** Only what is new: the server never shows one. */
  secrets: Record<string, string>;
  secrets_set: string[];
  paused: string;
  script: Script;
};

/** Scope is where a setting can have a value; the first that has one counts (CFG-01). */
export type Scope = "agent" | "group" | "queue" | "entry_point" | "tenant";

export type SettingValue = { scope: Scope; scope_id: string; key: string; value: unknown };

export type SettingDef = {
  key: string;
  type: "bool" | "int" | "text" | "secret" | "choice" | "choices";
  unit: string;
  default: unknown;
  /** Where a preset differs from the default. */
  presets: Partial<Record<string, unknown>>;
  scopes: Scope[];
  options: string[];
  min: number;
  max: number;
  source: string;
};

export const scopes = ["serve", "records", "supervise", "administer", "audit", "channel"] as const;

export type ApiKey = {
  id: string;
  name: string;
  scopes: (typeof scopes)[number][];
  created_by: string;
  created_at: number;
  used_at: number;
  revoked_at: number;
};

export type Session = {
  id: string;
  agent_id: string;
  ip: string;
  user_agent: string;
  created_at: number;
  seen_at: number;
  own: boolean;
};

export type AuditRow = {
  id: number;
  at: number;
  actor: string;
  actor_name: string;
  ip: string;
  request_id: string;
  action: string;
  subject: string;
  /** "" if it has no name, or is gone. */
  subject_name: string;
  subject_name_fr: string;
  before: unknown;
  after: unknown;
};

export type HealthItem = { code: string; subject: string; name: string };

/** RecordFieldForm is a field of customers or cases (CRM-05). */
export type RecordFieldForm = Saved & {
  kind: "system" | "predefined" | "custom";
  object: "customer" | "case";
  name: string;
  label: string;
  label_fr: string;
  type: "text" | "url" | "number" | "date" | "pick_list";
  default: string;
  length: number;
  options: string[];
  active: boolean;
  sort_order: number;
};
