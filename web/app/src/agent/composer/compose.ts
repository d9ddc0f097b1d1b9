import type { Composer, ContentKind, Interaction } from "@parley/protocol";
import { type SmsSize, smsSize } from "../../parts/sms";

/** sizeIn counts a text as a network does. */
export function sizeIn(text: string, unit: Composer["unit"]): number {
  if (unit === "utf16") return text.length;
  return unit === "bytes" ? new TextEncoder().encode(text).length : [...text].length;
}

/**
 * partsOf says in how many messages of the network a text goes: cut after a
 * blank line if it can be, else after a line, a sentence, a space, and only then
 * between two characters. The server cuts by the same rules.
 *
 * Source: CNV-05.
 */
export function partsOf(text: string, limit: number, unit: Composer["unit"]): number {
  if (limit === 0) return 1;
  let rest = text;
  for (let parts = 1; ; parts++) {
    const head = fitting(rest, limit, unit);
    if (head.length === rest.length) return parts;
    rest = rest.slice(cutAt(head, rest));
  }
}

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const sentences = new Intl.Segmenter(undefined, { granularity: "sentence" });

function fitting(text: string, limit: number, unit: Composer["unit"]): string {
  if (sizeIn(text, unit) <= limit) return text;
  let size = 0;
  let end = 0;
  for (const { segment } of characters.segment(text)) {
    size += sizeIn(segment, unit);
    if (size > limit && end > 0) break;
    end += segment.length;
  }
  return text.slice(0, end);
}

/** A cut so early that most of the part would be empty is not worth it. */
const least = 1 / 4;

function cutAt(head: string, text: string): number {
  const ends = [after(head, "\n\n"), after(head, "\n"), sentenceEnd(head, text), after(head, " ")];
  return ends.find((at) => at > head.length * least) ?? head.length;
}

function after(head: string, mark: string): number {
  const at = head.lastIndexOf(mark);
  return at < 0 ? 0 : at + mark.length;
}

function sentenceEnd(head: string, text: string): number {
  let at = 0;
  for (const { segment } of sentences.segment(text.slice(0, head.length + 1))) {
    if (at + segment.length > head.length) break;
    at += segment.length;
  }
  return at;
}

/** pictureIn returns the first picture among the letters of a text, "" if there is none (CNV-07). */
export function pictureIn(text: string): string {
  return /\p{Emoji_Presentation}|[\u{1f000}-\u{1faff}]|[\ufe0f\u20e3]/u.exec(text)?.[0] ?? "";
}

/** Sms is what a text costs by SMS, and what a counter says of it. */
export interface Sms extends SmsSize {
  /** The letters that make it cost more, each once. */
  letters: string[];
  /** It has just grown into another segment. */
  grown: boolean;
}

/** smsOf returns what a text costs by SMS (CNV-05). */
export function smsOf(text: string): Sms {
  const size = smsSize(text);
  const all = [...text];
  const forcing = new Set(size.forcing);
  const plain = smsSize(all.map((letter, i) => (forcing.has(i) ? "e" : letter)).join(""));
  const before = smsSize(all.slice(0, -3).join("")).segments;
  return {
    ...size,
    letters: size.segments > plain.segments ? [...new Set(size.forcing.map((i) => all[i]!))] : [],
    grown: size.segments > 1 && before < size.segments,
  };
}

/** signed is a text as it goes: with the agent's signature below it, where that is on. */
export function signed(text: string, c: Composer | null): string {
  return c?.signature && text.trim() !== "" ? `${text}\n${c.signature}` : text;
}

/** priceOf is what so many segments cost, in words; "" where nobody set a price (SMS-01). */
export function priceOf(segments: number, c: Composer, language: string): string {
  if (c.price_micros === 0 || segments === 0) return "";
  const money = new Intl.NumberFormat(language, {
    style: "currency",
    currency: c.currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  });
  return money.format((segments * c.price_micros) / 1_000_000);
}

/** The time in which a network lets us answer, at some moment. Unit: milliseconds, Unix milliseconds. */
export type Window =
  | { kind: "always" }
  | { kind: "open"; left: number; soon: boolean }
  | { kind: "human"; until: number }
  | { kind: "shut"; since: number };

/** From when on a window that closes is amber. Unit: milliseconds. */
const soon = 3_600_000;

/** windowOf says whether the customer may be answered freely, only by a person, or not any more (WAP-05, SOC-07). */
export function windowOf(i: Interaction, now: number): Window {
  const until = i.window_until;
  if (!i.composer || until === 0) return { kind: "always" };
  if (now < until) return { kind: "open", left: until - now, soon: until - now < soon };
  if (now < i.composer.human_until) return { kind: "human", until: i.composer.human_until };
  return { kind: "shut", since: Math.max(until, i.composer.human_until) };
}

/** The most bytes a file may have where the network names no limit. Source: A-073. */
export const fileMax = 25 << 20;
/** The most files of one message. */
export const filesMax = 10;

/** kindOf is how a file of a type goes. */
export function kindOf(type: string): ContentKind {
  const kind = (["image", "video", "audio"] as const).find((k) => type.startsWith(`${k}/`));
  return kind ?? "document";
}

/** takesFiles tells whether files can be sent there at all. */
export function takesFiles(c: Composer | null): boolean {
  return !c || (!c.plain_text && c.files.length > 0);
}

/** mostOf is how large a file of a kind may be. Unit: bytes. */
export function mostOf(kind: ContentKind, c: Composer | null): number {
  return Math.min(fileMax, c?.file_sizes?.[kind] || c?.file_max || fileMax);
}

/**
 * refusalOf is the code of why a file cannot go there, "" if it can, as far as the browser knows what it is:
 * it names sounds and films in many ways and some files not at all. The server looks into the file itself.
 */
export function refusalOf(file: { type: string; size: number }, c: Composer | null): string {
  const kind = kindOf(file.type);
  if (c && !takesFiles(c)) return "plain_text_only";
  if (c && file.type !== "") {
    const sure = kind === "image" || kind === "document";
    const other = sure && c.file_types.length > 0 && !c.file_types.includes(file.type);
    if (other || !c.files.includes(kind) || c.file_never.includes(file.type)) return "file_not_allowed";
  }
  return file.size > mostOf(kind, c) ? "too_large" : "";
}

/** blanksOf counts what is to be filled in in a template's text. */
export function blanksOf(body: string): number {
  return Math.max(0, ...[...body.matchAll(/\{\{(\d+)\}\}/g)].map((m) => Number(m[1])));
}

/** filled is a template's text with its values; what is missing stays as it stands. */
export function filled(body: string, values: string[]): string {
  return body.replace(/\{\{(\d+)\}\}/g, (hole, n) => values[Number(n) - 1]?.trim() || hole);
}
