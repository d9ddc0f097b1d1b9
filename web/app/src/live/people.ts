import type { Agent, Interaction, Me, Message, Snapshot } from "@parley/protocol";

/** The people and the day of the tests: amy at work on 2026-03-02. */
export const day = Date.UTC(2026, 2, 2, 9, 0, 0);

export const amy: Agent = {
  id: "amy",
  display_name: "Amy",
  group_id: "ungroup",
  role: "agent",
  base: "available",
  sub: "none",
  next: "",
  conn: "up",
  displayed: "available",
  since_at: day,
  reason: "",
  code: "",
  by_name: "",
  code_name: "",
  offered: 0,
  active: 0,
  wrapping: 0,
  load: 0,
  capacity: 6,
  idle_since_at: day,
  return_at: 0,
  grace_until: 0,
};

export const me: Me = {
  id: "amy",
  login: "amy",
  display_name: "Amy",
  email: "amy@parley.example",
  role: "agent",
  group: { id: "ungroup", name: "ungroup", preset: "workspace" },
  language: "en",
  capacity: 6,
  signature: "",
  may: {
    reject: false,
    block: true,
    toggle_queues: true,
    edit_profile: true,
    change_pops: true,
    transfer_to_agent: true,
  },
  permissions: ["serve", "records"],
  limits: { webchat: 1940, support_center: 1940 },
  labels_preset: "workspace",
  busy_menu: "stop_new_only",
  wrapup_extend_s: 0,
  wrapup_continue_step: false,
  queues: [],
  status_codes: [],
  pop: { on_offer: false, on_accept: true, on_end: false },
  autolog: { enabled: false, pop: "auto" },
  demo: false,
  center: "Parley",
  zone: "America/Toronto",
};

/** interaction is amy's active one, but for what is said. */
export function interaction(but: Partial<Interaction> = {}): Interaction {
  return {
    id: "i1",
    number: 1,
    conversation_id: "c1",
    journey_id: "i1",
    origin_id: "",
    channel: "webchat",
    state: "active",
    queue: { id: "support", name: "Support" },
    agent: { id: "amy", display_name: "Amy" },
    customer: { id: "", name: "Visitor 4F2A", account_number: "" },
    visitor: {
      name: "",
      email: "",
      phone: "",
      account_number: "",
      case_number: "",
      question: "",
      language: "en",
      zone_offset: -300,
      ip: "",
      browser: "",
      page: "",
      handle: "",
      address: "",
      away: false,
    },
    match: { count: 0, rule: "", customer_ids: [], case_id: "" },
    entry_at: day,
    created_at: day,
    accepted_at: day + 1000,
    ended_at: 0,
    ended_by: "",
    end_why: "",
    parked_until: 0,
    parked_by: null,
    wrapup_from: 0,
    wrapup_until: 0,
    overdue: false,
    await_ack: false,
    unviewed: false,
    code_required: false,
    complete: false,
    offer: null,
    transfer: { pending_to: null, from: null },
    last: null,
    unread_from_at: 0,
    unanswered: 0,
    delivered_seq: 0,
    read_seq: 0,
    last_seq: 0,
    reply_target_s: 60,
    priority: 50,
    lists: [],
    chosen: [],
    case: null,
    draft: "",
    may_extend: false,
    window_until: 0,
    composer: null,
    ...but,
  };
}

/** message is number `seq` of conversation c1. */
export function message(seq: number, but: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversation_id: "c1",
    interaction_id: "i1",
    seq,
    sender: "customer",
    agent: null,
    client_id: `k${seq}`,
    text: `text ${seq}`,
    at: day + seq * 1000,
    ...but,
  };
}

/** snapshot is amy's, with nothing in it but what is said. */
export function snapshot(but: Partial<Snapshot> = {}): Snapshot {
  return { n: 0, now: day, me, agents: [amy], interactions: [], messages: {}, notes: {}, ...but };
}
