import type { FaqText } from "../types";

/** Stretch is a part of a text that stayed, went or came. */
export interface Stretch {
  text: string;
  was: "same" | "gone" | "new";
}

/** Pairs of words that are compared one by one at most; longer texts are shown as gone and new where they differ. */
const pairsMax = 4_000_000;

/** compared are two texts laid over each other, word by word. */
export function compared(before: string, after: string): Stretch[] {
  const a = words(before);
  const b = words(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const out: Stretch[] = [];
  const add = (text: string, was: Stretch["was"]) => {
    const last = out.at(-1);
    if (last?.was === was) last.text += text;
    else if (text) out.push({ text, was });
  };
  add(a.slice(0, head).join(""), "same");
  for (const s of middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) add(s.text, s.was);
  add(a.slice(a.length - tail).join(""), "same");
  return out;
}

/** words are a text's words, each with the space behind it; the last has one, too, lest it seems another where a text goes on. */
function words(text: string): string[] {
  const whole = text.trimEnd();
  return whole ? (`${whole} `.match(/\S+\s*|\s+/g) ?? []) : [];
}

/** middle finds the longest run of words that both have, in order, and what went and came between them. */
function middle(a: string[], b: string[]): Stretch[] {
  if (a.length * b.length > pairsMax)
    return [
      { text: a.join(""), was: "gone" },
      { text: b.join(""), was: "new" },
    ];
  const width = b.length + 1;
  const most = new Uint16Array((a.length + 1) * width); // of what is left from here on
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      most[i * width + j] =
        a[i] === b[j]
          ? (most[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(most[(i + 1) * width + j] ?? 0, most[i * width + j + 1] ?? 0);
  const out: Stretch[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [old, fresh] = [a[i] ?? "", b[j] ?? ""];
    if (i < a.length && j < b.length && old === fresh) {
      out.push({ text: old, was: "same" });
      i++;
      j++;
    } else if (
      j === b.length ||
      (i < a.length && (most[(i + 1) * width + j] ?? 0) >= (most[i * width + j + 1] ?? 0))
    ) {
      out.push({ text: old, was: "gone" });
      i++;
    } else {
      out.push({ text: fresh, was: "new" });
      j++;
    }
  }
  return out;
}

/** Part is what changed of one language's question, answer or plain text. */
export interface Part {
  language: FaqText["language"];
  part: "question" | "answer" | "plain";
  stretches: Stretch[];
}

/** changes are the parts of an answer that two versions have differently. */
export function changes(before: FaqText[], after: FaqText[]): Part[] {
  const languages = [...new Set([...before, ...after].map((x) => x.language))].sort();
  const fields = [
    ["question", "question"],
    ["answer", "rich"],
    ["plain", "plain"],
  ] as const;
  return languages.flatMap((language) => {
    const [a, b] = [before, after].map((texts) => texts.find((x) => x.language === language));
    return fields
      .filter(([, field]) => (a?.[field] ?? "") !== (b?.[field] ?? ""))
      .map(([part, field]) => ({ language, part, stretches: compared(a?.[field] ?? "", b?.[field] ?? "") }));
  });
}

/** newerOf is which edition, the newest first, is compared with the one behind it: the draft, or what is in force where the draft says the same. */
export function newerOf(editions: FaqText[][]): number {
  const [draft, inForce, older] = editions;
  return draft && inForce && older && changes(inForce, draft).length === 0 ? 1 : 0;
}
