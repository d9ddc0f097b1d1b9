import type { EntryPointView } from "@parley/protocol/visitor";
import type { Upload } from "./files";
import type { Fields, Job, Kept, Pending } from "./keep";
import type { Mirror } from "./take";
import type { Language, Words } from "./words";

/** What the window shows. `leave` is the form of a message outside a chat; `skip` the same while waiting. */
export type View = "loading" | "form" | "closed" | "leave" | "sent" | "chat" | "skip" | "again" | "gone";
/** Trouble is a refusal to show: its code and the request to quote. */
export interface Trouble {
  code: string;
  request: string;
  /** Codes by field. */
  fields: Fields;
}
export interface State {
  view: View;
  language: Language;
  t: Words;
  entry: EntryPointView | null;
  mirror: Mirror | null;
  /** Mine, not yet acknowledged, in order. */
  outbox: Pending[];
  job: Job | null;
  /** `slow` after 2 s without news, so that a short break shows nothing. */
  link: "up" | "slow" | "offline";
  /** The agent who is typing, "" if nobody is. */
  typing: string;
  /** My place in the line, 0 if unknown. */
  position: number;
  open: boolean;
  unread: number;
  /** Where "new messages" begin: the last seq seen before the window was opened. */
  seen: number;
  draft: string;
  /** Files about to be sent. */
  uploads: Upload[];
  /** What the site told of its customer, and what was typed into a form that was refused. */
  fields: Fields;
  trouble: Trouble | null;
}

/** first returns the state of a page that has just been loaded. */
export function first(kept: Kept, language: Language): State {
  return {
    view: "loading",
    language,
    t: (key) => key,
    entry: null,
    mirror: null,
    outbox: kept.outbox,
    job: kept.job,
    link: "up",
    typing: "",
    position: 0,
    open: false,
    unread: 0,
    seen: kept.seen,
    draft: kept.draft,
    uploads: [],
    fields: {},
    trouble: null,
  };
}

/** unreadOf counts the agents' messages the visitor has not seen. */
export function unreadOf(mirror: Mirror | null, seen: number): number {
  return mirror?.messages.filter((m) => m.sender === "agent" && m.seq > seen).length ?? 0;
}

/** live reports whether the visitor waits for somebody or talks to somebody. */
export function live(state: State): boolean {
  const now = state.mirror?.conversation.state;
  return (
    now === "waiting" || now === "chatting" || state.job?.kind === "begin" || state.job?.kind === "again"
  );
}

/** unsaid joins what was never sent, so that it can be offered as the next question. */
export function unsaid(kept: Kept): string {
  return [...kept.outbox.map((p) => p.text), kept.draft].filter(Boolean).join("\n");
}
