import type { Faq, FaqText, Language } from "../types";

/** textIn is an answer's text in a language, an empty one if it has none. */
export function textIn(texts: FaqText[], language: Language): FaqText {
  return texts.find((x) => x.language === language) ?? { language, question: "", rich: "", plain: "" };
}

/** shownFirst is the language a form opens an answer in: mine if it has a text in it, else one it has. */
export function shownFirst(texts: FaqText[], mine: Language): Language {
  if (texts.some((x) => x.language === mine)) return mine;
  return texts[0]?.language ?? mine;
}

/** withText is an answer's texts with one changed; one that is empty is left out. */
export function withText(texts: FaqText[], changed: FaqText): FaqText[] {
  const others = texts.filter((x) => x.language !== changed.language);
  if (changed.question === "" && changed.rich === "" && changed.plain === "") return others;
  return [...others, changed].sort((a, b) => a.language.localeCompare(b.language));
}

/** questionOf is what an answer is called on a screen in a language. */
export function questionOf(f: Pick<Faq, "texts">, language: string): string {
  const own = f.texts.find((x) => x.language.slice(0, 2) === language.slice(0, 2));
  return (own ?? f.texts[0])?.question ?? "";
}

export type Mark = "bold" | "italic" | "bullets" | "numbers" | "link";

/** marked is a text with a mark put around what is chosen, and what is chosen then. */
export function marked(
  text: string,
  from: number,
  to: number,
  mark: Mark,
): { text: string; from: number; to: number } {
  const before = text.slice(0, from);
  const chosen = text.slice(from, to);
  const after = text.slice(to);
  if (mark === "bullets" || mark === "numbers") {
    const start = before.lastIndexOf("\n") + 1;
    const lines = text.slice(start, to).split("\n");
    const made = lines.map((line, n) => `${mark === "numbers" ? `${n + 1}.` : "-"} ${line}`).join("\n");
    return { text: text.slice(0, start) + made + after, from: start + made.length, to: start + made.length };
  }
  const [open, close] = { bold: ["**", "**"], italic: ["*", "*"], link: ["[", "](https://)"] }[mark] as [
    string,
    string,
  ];
  const at = from + open.length;
  return { text: before + open + chosen + close + after, from: at, to: at + chosen.length };
}

/** textAt reads the path of a part of a text, texts[1].rich: which text, and the word of its field; undefined for another. */
export function textAt(path: string): { index: number; part: "question" | "answer" | "plain" } | undefined {
  const found = path.match(/^texts\[(\d+)\]\.(question|rich|plain)$/);
  if (!found) return undefined;
  return {
    index: Number(found[1]),
    part: found[2] === "rich" ? "answer" : (found[2] as "question" | "plain"),
  };
}
