import type { Attachment, Content, Message } from "@parley/protocol";
import i18next from "i18next";
import type { T } from "../../i18n";
import { currentLanguage } from "../../i18n";
import { systemText } from "../systemText";

type Loose = (key: string, data: object) => string;

/** known returns the words of a code, or those for all other codes. */
function known(t: T, at: string, code: string, other: string, data: object = {}): string {
  const key = code !== "" && i18next.exists(`${at}.${code}`, { ns: "app" }) ? `${at}.${code}` : other;
  return (t as Loose)(key, data);
}

/** noteText says why something cannot be shown, or what is special about it (SMS-05). */
export const noteText = (t: T, note: string) => known(t, "talk.note", note, "talk.note.unsupported");

/** whyText says why a file is not here. */
export const whyText = (t: T, why: string) => known(t, "talk.why", why, "talk.why.other");

/** reasonText says why a network did not take a message, whatever it answered (CNV-02). */
export const reasonText = (t: T, code: string | undefined) =>
  known(t, "talk.reason", code ?? "", "talk.reason.other");

/** fieldName names a line of a form, an order or a referral; a name of their own stays as it is. */
export function fieldName(t: T, name: string): string {
  return i18next.exists(`talk.field.${name}`, { ns: "app" }) ? (t as Loose)(`talk.field.${name}`, {}) : name;
}

/** fieldValue is what such a line says: where somebody came from is the network's code, and a word here. */
export function fieldValue(t: T, { name, value }: { name: string; value: string }): string {
  const key = `talk.source.${value.toLowerCase()}`;
  return name === "source_type" && i18next.exists(key, { ns: "app" }) ? (t as Loose)(key, {}) : value;
}

/**
 * fileSize writes a size as people and networks say it: of 1,024 bytes a KB, so that a limit of 16 MB reads as
 * one. Unit: bytes.
 */
export function fileSize(bytes: number): string {
  const [unit, of] = bytes < 1 << 20 ? ["kilobyte", 1 << 10] : ["megabyte", 1 << 20];
  return new Intl.NumberFormat(currentLanguage(), {
    style: "unit",
    unit: unit as string,
    maximumFractionDigits: of === 1 << 20 ? 1 : 0,
  }).format(Math.max(1, bytes / (of as number)));
}

/**
 * straight leaves out the two marks that force a direction on all that follows: nobody types them, and they make
 * a text or the name of a file read as another. What writes in a language of its own direction needs neither.
 */
export const straight = (text: string) => text.replace(/[\u202d\u202e]/g, "");

/** fileName is what a file is called; what it is, if nobody named it. */
export function fileName(t: T, file: Pick<Attachment, "name" | "kind">): string {
  return straight(file.name ?? "") || t(`talk.kind.${file.kind}`);
}

/** automatic tells a text of the center's own from a system line, which is a code. */
export function automatic(m: Message): boolean {
  return m.sender === "system" && m.content?.note === "auto_reply";
}

/**
 * authorOf names who wrote a message: the customer, an agent, or the center by itself. What came to us as
 * ours but is nobody's here was written by a bot (API-01) or in the network's own app.
 */
export function authorOf(t: T, m: Message, customer: string): string {
  if (m.sender === "customer") return customer;
  if (m.sender === "system") return t("talk.automatic");
  return m.agent?.display_name ?? t("talk.elsewhere");
}

/** erased is what the server keeps where words were erased. Source: A-118. */
const erased = "[erased]";

/** nowReads is a message's text as it now reads, with no word of it left where it was erased. */
function nowReads(t: T, m: Message): string {
  const text = straight(m.content?.edited || m.text);
  return text === erased ? t("talk.erased") : text;
}

/** shownText is what nowReads; "" where a card says it better. */
export function shownText(t: T, m: Message): string {
  const { content: c } = m;
  return c?.location || c?.contacts ? "" : nowReads(t, m);
}

/** previewOf says a message in one line, for lists, quotes and offers. */
export function previewOf(t: T, m: Message): string {
  const { content: c } = m;
  if (m.sender === "system" && !automatic(m)) return systemText(t, m);
  if (c?.revoked_at) return t("talk.revoked");
  const text = nowReads(t, m);
  if (!c || c.kind === "text" || c.kind === "template" || c.kind === "choice") return text;
  if (c.kind === "placeholder") return text || noteText(t, c.note ?? "");
  const named = c.kind === "document" && straight(c.files?.[0]?.name ?? "");
  const what = named || t(`talk.kind.${c.kind}`);
  return text ? t("talk.captioned", { what, text }) : what;
}

/** placeHref is a place as an address only: no map of anybody's is asked for. */
export function placeHref({ latitude, longitude }: { latitude: number; longitude: number }): string {
  return `geo:${latitude},${longitude}`;
}

/** drawn are the types a browser shows as a picture; the server serves no other in its place. */
const drawn = new Set(["image/jpeg", "image/png", "image/gif", "image/webp"]);

/** How a file is shown: as what it is, or as something to download. */
export function shapeOf(file: Attachment): "picture" | "video" | "sound" | "paper" {
  const type = file.type ?? "";
  if (drawn.has(type)) return "picture";
  if (type.startsWith("video/")) return "video";
  if (type.startsWith("audio/") || type === "application/ogg") return "sound";
  return "paper";
}

/** reacted groups the reactions that stand under a message: each emoji once, with how many. */
export function reacted(c: Content | undefined): { emoji: string; count: number }[] {
  const all = new Map<string, number>();
  for (const r of c?.reactions ?? []) if (!r.failed) all.set(r.emoji, (all.get(r.emoji) ?? 0) + 1);
  return [...all].map(([emoji, count]) => ({ emoji, count }));
}

/** unshown is our reaction that the network does not show as it stands here. */
export const unshown = (c: Content | undefined) => c?.reactions?.find((r) => r.failed);
