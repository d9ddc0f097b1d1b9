/** The words on the wire between the server and the widget. */
import type { Message, Typing } from "./index";

export type { Attachment, Choice, Content, Message, Problem, RichBlock, RichSpan, Typing } from "./index";

export interface EntryPointView {
  id: string;
  open: boolean;
  opens_at: number;
  zone: string;
  title: string;
  greeting: string;
  closed_text: string;
  form: {
    name: "name" | "email" | "phone" | "account_number" | "case_number" | "question" | "consent";
    required: boolean;
  }[];
  skip_queue: boolean;
  offline_form: boolean;
  position: boolean;
  customer_end: boolean;
  attachments?: boolean;
  accent: string;
  language: string;
  limit: number;
  /** What must be agreed to before a chat: the field `consent` takes its version. */
  consent?: { version: string; text: string };
}
export interface VisitorView {
  id: string;
  state: "waiting" | "chatting" | "ended" | "offline";
  agent: { display_name: string } | null;
  agent_away: boolean;
  transferring: boolean;
  queue_name: string;
  wait_text: string;
  customer_end: boolean;
  may_skip: boolean;
  /** Files may be sent (CNV-08). */
  attachments?: boolean;
  ended_by: string;
  last_seq: number;
  delivered_seq?: number;
  agent_read?: number;
  limit: number;
  language: string;
  /** The queue asks for a message instead: show the form. */
  form_after_end: boolean;
  /** What was said can be mailed to the address we know. */
  may_mail: boolean;
}
export interface VisitorSnapshot {
  n: number;
  now: number;
  conversation: VisitorView;
  messages: Message[];
}
export interface VisitorEvent {
  n: number;
  at: number;
  type: string;
  conversation?: VisitorView;
  message?: Message;
}
export interface VisitorWire {
  hello?: { now: number; build: string };
  frame?: { from: number; to: number; events: VisitorEvent[] };
  gauges?: { position: number; ahead: number };
  typing?: Typing;
  /** The last word of a stream of events, which has no close code of its own. */
  close?: { code: number; why: string };
}
