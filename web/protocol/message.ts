/** The words of messages: what one holds, how it is delivered, what may be written. */

import type { PersonRef } from "./index";
import type { RichBlock } from "./knowledge";

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
  | "mention"
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
  /** MIME types it refuses, where any other goes. */
  file_never: string[];
  /** Unit: bytes; 0 = no limit known. */
  file_max: number;
  /** Of the kinds that must be smaller than `file_max`. Unit: bytes. */
  file_sizes?: Partial<Record<ContentKind, number>>;
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
  paused: "" | "admin" | "auth" | "blocked" | "throttled" | "transient";
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
  /** Forwarded many times, as the network counts. */
  forwarded_often?: boolean;
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
  /** The network's time, where it came late. */
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
