import type { Language } from "../i18n";
import type {
  AgentForm,
  Canned,
  DispositionList,
  EntryPoint,
  Faq,
  FaqCategory,
  FlowScript,
  Group,
  Queue,
  RecordFieldForm,
  Skill,
  StatusCode,
} from "./types";
import type { Webhook } from "./webhooks/types";

/** Kinds is what an administrator keeps, by the word of its address. */
export type Kinds = {
  groups: Group;
  skills: Skill;
  fields: RecordFieldForm;
  "status-codes": StatusCode;
  "faq-categories": FaqCategory;
  faqs: Faq;
  "canned-replies": Canned;
  agents: AgentForm;
  queues: Queue;
  "disposition-lists": DispositionList;
  "entry-points": EntryPoint;
  scripts: FlowScript;
  webhooks: Webhook;
};

export type Noun = keyof Kinds;

/** blanks is what a new one of each kind starts as, and which fields it has. */
export const blanks: { [N in Noun]: Kinds[N] } = {
  groups: { id: "", rev: 0, name: "", preset: "workspace", default: false, agents: 0 },
  skills: { id: "", rev: 0, name: "" },
  fields: {
    id: "",
    rev: 0,
    kind: "custom",
    object: "customer",
    name: "",
    label: "",
    label_fr: "",
    type: "text",
    default: "",
    length: 85,
    options: [],
    active: true,
    sort_order: 10,
  },
  "status-codes": {
    id: "",
    rev: 0,
    applies: "on_break",
    name: "",
    name_fr: "",
    short: "",
    active: true,
    order: 1,
  },
  "faq-categories": { id: "", rev: 0, name: "", name_fr: "", order: 1 },
  faqs: {
    id: "",
    rev: 0,
    category_id: "",
    active: true,
    texts: [],
    published: 0,
    changed: false,
    uses: 0,
  },
  "canned-replies": {
    id: "",
    rev: 0,
    owner_id: "",
    name: "",
    shortcut: "",
    text: { en: "", fr: "" },
    dispositions: [],
    note: "",
    uses: 0,
  },
  agents: {
    id: "",
    rev: 0,
    login: "",
    display_name: "",
    email: "",
    role: "agent",
    group_id: "",
    enabled: true,
    capacity: 6,
    language: "en",
    may_reject: null,
    skills: [],
    memberships: [],
    password: "",
  },
  queues: {
    id: "",
    rev: 0,
    name: "",
    description: "",
    enabled: true,
    priority: 5,
    language: "",
    policy: "skill_then_load_then_idle",
    accept_interval_s: 30,
    wrapup_s: 60,
    max_wait_s: 0,
    max_size: 0,
    on_max_wait: "offline_form",
    on_full: "offline_form",
    no_agents: "wait",
    on_close: "drain",
    overflow: "",
    required: [],
    sla_percent: 80,
    sla_s: 60,
    reply_target_s: 60,
    wait_text: "",
    wait_text_fr: "",
    members: [],
  },
  "disposition-lists": {
    id: "",
    rev: 0,
    name: "",
    name_fr: "",
    required: false,
    multiple: false,
    queues: [],
    groups: [],
    codes: [],
  },
  scripts: {
    id: "",
    rev: 0,
    name: "",
    kind: "chat",
    draft: { start: "", objects: [] },
    published: 0,
    faults: [],
    changes: [],
    used_by: [],
  },
  webhooks: {
    id: "",
    rev: 0,
    name: "",
    url: "",
    events: [],
    enabled: true,
    why: "",
    old_secret: false,
    failing_since: 0,
    verified_at: 0,
    created_at: 0,
  },
  "entry-points": {
    id: "",
    rev: 0,
    channel: "webchat",
    provider: "webchat",
    name: "",
    enabled: true,
    queue_id: "",
    allowed_origins: [],
    address: "",
    country: "",
    settings: {},
    secrets: {},
    secrets_set: [],
    paused: "",
    script: {
      schedule: { zone: "", hours: [] },
      greeting: { en: "", fr: "" },
      closed: { en: "", fr: "" },
      title: { en: "", fr: "" },
      form: [
        { name: "name", required: true },
        { name: "email", required: false },
        { name: "question", required: false },
      ],
      skip_queue: true,
      offline_form: true,
      position: true,
      customer_end: true,
      language: "en",
      accent: "#0c6577",
    },
  },
};

/**
 * fresh is a blank thing as somebody begins it: people and widgets speak the
 * language it is begun in, and hours are of the center's zone.
 */
export function fresh<N extends Noun>(noun: N, language: Language, zone: string): Kinds[N] {
  const blank: Kinds[Noun] = blanks[noun];
  if ("memberships" in blank) return { ...blank, language } as Kinds[N];
  if ("allowed_origins" in blank) {
    const script = { ...blank.script, language, schedule: { zone, hours: [] } };
    return { ...blank, script } as Kinds[Noun] as Kinds[N];
  }
  return blanks[noun];
}

/** begun is a new entry point with what leaves no choice: its network, and the queue if there is but one. */
export function begun(
  blank: EntryPoint,
  queues: readonly { id: string }[],
  network?: { provider: string; channels: string[] },
): EntryPoint {
  const at = network && { provider: network.provider, channel: network.channels[0] ?? "" };
  return { ...blank, ...at, queue_id: queues.length === 1 ? queues[0]!.id : "" };
}

/**
 * whole fills in what the server leaves out because it is empty, so that a form
 * compares like with like.
 */
export function whole<N extends Noun>(noun: N, got: Partial<Kinds[N]>): Kinds[N] {
  const full = Object.fromEntries(
    Object.entries(blanks[noun]).map(([field, value]) => {
      const present = (got as Record<string, unknown>)[field];
      return [field, present ?? empty(value)];
    }),
  );
  return { ...got, ...full } as unknown as Kinds[N];
}

function empty(like: unknown): unknown {
  if (Array.isArray(like)) return [];
  if (typeof like === "string") return "";
  if (typeof like === "number") return 0;
  if (typeof like === "boolean") return false;
  return like;
}

/** What the server counts or decides; it takes no such field. */
const read: Partial<{ [N in Noun]: readonly (keyof Kinds[N])[] }> = {
  groups: ["default", "agents"],
  faqs: ["published", "changed", "uses"],
  "canned-replies": ["uses"],
  agents: ["password"],
  "entry-points": ["secrets_set", "paused"],
  webhooks: ["why", "old_secret", "failing_since", "verified_at", "created_at"],
  scripts: ["published", "faults", "changes", "used_by"],
};

/** bodyOf is what is sent to save one: the fields of its form, no others. */
export function bodyOf<N extends Noun>(noun: N, draft: Kinds[N]): Partial<Kinds[N]> {
  const left = new Set<PropertyKey>(["id", ...(read[noun] ?? [])]);
  const fields = Object.keys(blanks[noun]) as (keyof Kinds[N])[];
  const sent: Partial<Kinds[N]> = {};
  for (const field of fields) if (!left.has(field)) sent[field] = draft[field];
  return sent;
}
