import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "src");

/** Which folders each folder may import besides itself and packages. docs/house.md draws it. */
const rooms: Record<string, string[]> = {
  ui: ["i18n"],
  i18n: [],
  panel: [],
  live: ["i18n", "panel"],
  api: ["panel"],
  parts: ["ui", "i18n", "live", "api", "panel"],
  agent: ["parts", "ui", "i18n", "live", "api", "panel"],
  supervisor: ["parts", "ui", "i18n", "live", "api", "panel"],
  records: ["parts", "ui", "i18n", "live", "api", "panel"],
  admin: ["parts", "ui", "i18n", "live", "api", "panel"],
  setup: ["parts", "ui", "i18n", "live", "api", "panel"],
  app: ["agent", "supervisor", "records", "admin", "setup", "parts", "ui", "i18n", "live", "api", "panel"],
};

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return files(path);
    return /\.tsx?$/.test(name) && !name.endsWith(".d.ts") ? [path] : [];
  });
}
const all = files(root);
const roomOf = (path: string) => relative(root, path).split(sep)[0]!;

test("house 8: imports go one way", () => {
  const wrong: string[] = [];
  for (const path of all) {
    const from = roomOf(path);
    if (!(from in rooms)) wrong.push(`${from} has no place in the house`);
    for (const [, target] of readFileSync(path, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
      const to = roomOf(join(dirname(path), target!));
      if (to !== from && !rooms[from]?.includes(to))
        wrong.push(`${relative(root, path)} must not import ${to}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** Attributes whose text people see or hear. */
const spoken = new Set([
  "label",
  "title",
  "placeholder",
  "aria-label",
  "alt",
  "description",
  "text",
  "aria-description",
]);

/** literals finds words in JSX that no catalog knows. */
function literals(path: string): string[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(path, "utf8"),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const word = (text: string) =>
      /\p{L}/u.test(text) && found.push(`${relative(root, path)}: ${text.trim()}`);
    if (ts.isJsxText(node)) word(node.text);
    if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (spoken.has(node.name.getText(source))) word(node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("LOC-01: no words in JSX but those of the catalogs", () => {
  const found = all.filter((f) => f.endsWith(".tsx") && !f.endsWith(".test.tsx")).flatMap(literals);
  // Keys have the names printed on them, and the demo's people theirs.
  expect(found.filter((f) => !/: (V|B|O|F8|F9)$/.test(f))).toEqual([]);
});

test("house 2: a file has at most 400 lines, a folder 5,000", () => {
  const lines = new Map(all.map((f) => [f, readFileSync(f, "utf8").split("\n").length]));
  expect([...lines].filter(([, n]) => n > 400).map(([f]) => relative(root, f))).toEqual([]);
  const folders = new Map<string, number>();
  for (const [f, n] of lines)
    if (!f.includes(".test.")) folders.set(dirname(f), (folders.get(dirname(f)) ?? 0) + n);
  expect([...folders].filter(([, n]) => n > 5000)).toEqual([]);
});

/** Words every page has. The others come with the part of the app that asks for them (i18n's needWords). */
const always = ["common", "talk", "agent", "editor", "crm"];
const lazyWords = new RegExp(
  `["\`](${readdirSync(join(root, "i18n/en"))
    .filter((f) => f.endsWith(".json"))
    .map((f) => f.replace(".json", ""))
    .filter((part) => !always.includes(part))
    .join("|")})\\.[a-z]`,
  "g",
);

/** imported returns what a file brings: at once, or later, and then with which words. */
function imported(path: string): { to: string; words: string[] }[] {
  const source = readFileSync(path, "utf8");
  const found: { to: string; words: string[] }[] = [];
  for (const [, target] of source.matchAll(/^(?:import|export)\s(?:[^"';]*?\sfrom\s)?"(\.[^"]+)"/gm))
    found.push({ to: target!, words: [] });
  for (const [, target, needs] of source.matchAll(/import\("(\.[^"]+)"\)((?:,\s*needWords\("\w+"\))*)/g))
    found.push({ to: target!, words: [...needs!.matchAll(/"(\w+)"/g)].map((m) => m[1]!) });
  return found.flatMap(({ to, words }) => {
    const base = join(dirname(path), to);
    return [`${base}.ts`, `${base}.tsx`, join(base, "index.ts")]
      .filter((file) => all.includes(file))
      .map((file) => ({ to: file, words }));
  });
}

test("LOC-01: whoever shows a word has brought the file it stands in", () => {
  const wrong = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string, words: string[]) => {
    const key = [path, ...words].join(" ");
    if (seen.has(key)) return;
    seen.add(key);
    for (const [, part] of readFileSync(path, "utf8").matchAll(lazyWords))
      if (!words.includes(part!))
        wrong.add(`${relative(root, path)}: ${part} with ${words.join(", ") || "none"}`);
    for (const next of imported(path)) visit(next.to, [...new Set([...words, ...next.words])].sort());
  };
  visit(join(root, "app/main.tsx"), []);
  expect(seen.size).toBeGreaterThan(all.filter((f) => !f.includes(".test.")).length / 2);
  expect([...wrong]).toEqual([]);
});
