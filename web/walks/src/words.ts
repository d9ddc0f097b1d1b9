import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type Language = "en" | "fr-CA";
type Texts = { [key: string]: string | Texts };

const read = (path: string): Texts => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

/** ofApp returns the app's words, as the screens have them: a key is area.part.word. */
export function ofApp(language: Language): (key: string, values?: Record<string, string | number>) => string {
  const folder = `../../app/src/i18n/${language}`;
  const texts: Texts = {};
  for (const file of readdirSync(new URL(folder, import.meta.url))) {
    if (!file.endsWith(".json")) continue;
    const area = file.replace(".json", "");
    Object.assign(texts, area === "common" ? read(join(folder, file)) : { [area]: read(join(folder, file)) });
  }
  return (key, values = {}) => {
    const text = key
      .split(".")
      .reduce<string | Texts | undefined>((at, part) => (at as Texts)?.[part], texts);
    if (typeof text !== "string") throw new Error(`the app has no words for ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name) => `${values[name]}`);
  };
}

/** ofWidget returns the widget's words. */
export function ofWidget(
  language: Language,
): (key: string, values?: Record<string, string | number>) => string {
  const texts = read(`../../widget/frame/src/${language}.json`);
  return (key, values = {}) => {
    const text = texts[key];
    if (typeof text !== "string") throw new Error(`the widget has no words for ${key}`);
    return text.replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`);
  };
}
