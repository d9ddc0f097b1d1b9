/** count is the length of a text as limits mean it: code points after NFC (CNV-03). */
export function count(text: string): number {
  let n = 0;
  for (const _ of text.normalize("NFC")) n++;
  return n;
}

/** At which share of the limit the counter turns amber. Source: CNV-03. */
const nearShare = 0.9;

export interface Room {
  used: number;
  limit: number;
  near: boolean;
  /** Characters too many; 0 while the text fits. */
  over: number;
}

/** room says how much of a limit a text takes. */
export function room(text: string, limit: number): Room {
  const used = count(text);
  return { used, limit, near: used >= limit * nearShare, over: Math.max(0, used - limit) };
}

/** splitAt returns the part of a text that fits, and the rest, without cutting a code point. */
export function splitAt(text: string, limit: number): [string, string] {
  const nfc = text.normalize("NFC");
  let at = 0;
  let n = 0;
  for (const c of nfc) {
    if (n === limit) break;
    n++;
    at += c.length;
  }
  return [nfc.slice(0, at), nfc.slice(at)];
}

/** insertAt puts `what` in place of the selection, and says where the cursor goes. */
export function insertAt(
  text: string,
  what: string,
  from: number,
  to: number,
): { text: string; cursor: number } {
  const before = text.slice(0, from);
  const gap = before && !/\s$/.test(before) ? " " : "";
  const after = text.slice(to);
  const next = `${before}${gap}${what}${/^[\p{L}\p{N}]/u.test(after) && !/\s$/.test(what) ? " " : ""}`;
  return { text: next + after, cursor: next.length };
}

/** wouldBe is the text after pasting over the selection; it may not pass the limit, and nothing is ever cut. */
export function wouldBe(text: string, pasted: string, from: number, to: number): string {
  return text.slice(0, from) + pasted + text.slice(to);
}
