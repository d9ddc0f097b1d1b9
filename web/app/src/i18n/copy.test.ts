import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { words as en } from "./en";
import { words as fr } from "./fr-CA";

type Flat = Map<string, string>;

function flat(tree: object, prefix = "", into: Flat = new Map()): Flat {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") into.set(prefix + key, value);
    else flat(value as object, `${prefix}${key}.`, into);
  }
  return into;
}
const english = flat(en);
const french = flat(fr);
const holes = (s: string) => [...s.matchAll(/\{\{\s*(\w+)/g)].map((m) => m[1]).sort();

describe("copy", () => {
  test("LOC-01: both languages have the same keys", () => {
    expect([...french.keys()].filter((k) => !english.has(k))).toEqual([]);
    expect([...english.keys()].filter((k) => !french.has(k))).toEqual([]);
    expect(english.size).toBeGreaterThan(200);
  });
  test("LOC-01: each with the same placeholders", () => {
    const wrong = [...english].filter(([k, v]) => `${holes(v)}` !== `${holes(french.get(k) ?? "")}`);
    expect(wrong.map(([k]) => k)).toEqual([]);
  });
  test("ux 17: never chat in French, always clavardage", () => {
    expect([...french].filter(([, v]) => /\bchats?\b|\bchatter\b/i.test(v)).map(([k]) => k)).toEqual([]);
  });
  test("ux 11: in fr-CA no space before ! ? ; and a no-break space before : and inside guillemets", () => {
    const wrong = [...french].filter(
      ([, v]) => /[\s\u00a0\u202f][!?;]/.test(v) || /(\S) :( |$)|« | »/.test(v),
    );
    expect(wrong.map(([k]) => k)).toEqual([]);
  });
  test("ux 11: a French apostrophe is the typographic one", () => {
    expect([...french].filter(([, v]) => v.includes("'")).map(([k]) => k)).toEqual([]);
  });
  test("no text is empty", () => {
    expect([...english, ...french].filter(([, v]) => v.trim() === "").map(([k]) => k)).toEqual([]);
  });
  test("UX-50: every code the server can refuse with has a sentence", () => {
    const source = readFileSync(join(import.meta.dirname, "../../../../error.go"), "utf8");
    const codes = [...source.matchAll(/Code: "(\w+)"/g)].map((m) => m[1]!);
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((c) => !english.has(`error.${c}`))).toEqual([]);
  });
  test("CFG-01: every setting has its words: its name, its area, its choices, its unit", () => {
    const source = readFileSync(join(import.meta.dirname, "../../../../internal/settings/keys.go"), "utf8");
    const all = (pattern: RegExp, of = source) => [...of.matchAll(pattern)].map((m) => m[1]!);
    const keys = [
      ...all(/\b(?:flag|number|choice|text|leastRole)\("([a-z_.]+)"/g),
      ...all(/Key: "([a-z_.]+)"/g),
      ...all(/\bonNetwork\("(\w+)"/g).map((network) => `text.agent_limit.${network}`),
    ].filter((key) => !key.endsWith("."));
    const choices = all(/\[\]string\{([^}]*)\}/g).flatMap((list) => all(/"([a-z_]+)"/g, list));
    const units = all(/d\.Unit[^=]*= "([a-z ]+)"/g);
    const wanted = [
      ...keys.map((key) => `admin.set.${key.replaceAll(".", "_")}`),
      ...keys.map((key) => `admin.area.${key.split(".")[0]}`),
      ...choices.map((choice) => `admin.option.${choice}`),
    ];
    expect(keys.length).toBeGreaterThan(70);
    expect(choices.length).toBeGreaterThan(20);
    expect(units.sort()).toEqual(["code points", "days", "seconds"]);
    expect([...new Set(wanted)].filter((word) => !english.has(word))).toEqual([]);
  });
});
