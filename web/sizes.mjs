// Prints what a browser loads first, gzipped, and fails above the limits.
// Source: house 8, UX-61, UX-73.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = new URL("dist/", import.meta.url).pathname;
const gzip = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

/** first lists what a page loads before anybody clicks: its own tags, what those import, and `also`. */
function first(folder, page, also = []) {
  const html = readFileSync(join(folder, page), "utf8");
  const assets = readdirSync(join(folder, "assets"));
  const wanted = new Set([...html.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)].map((m) => m[1]));
  for (const name of also) {
    for (const end of [".js", ".css"]) {
      // A catalog has a file for each language: the longest counts.
      const alike = assets.filter((a) => a.startsWith(`${name}-`) && a.endsWith(end));
      alike.sort((a, b) => gzip(join(folder, "assets", b)) - gzip(join(folder, "assets", a)));
      if (alike[0]) wanted.add(alike[0]);
    }
  }
  for (const file of wanted) {
    if (!file.endsWith(".js")) continue;
    const code = readFileSync(join(folder, "assets", file), "utf8");
    for (const m of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) wanted.add(m[1]);
  }
  return [...wanted].map((f) => join(folder, "assets", f));
}

const rows = [
  [
    "agent's first load",
    () => first(join(dist, "app"), "index.html", ["AgentArea", "common", "talk", "agent", "editor"]),
    300_000,
    220_000,
  ],
  ["widget", () => first(join(dist, "widget"), "index.html"), 20_000, 12_000],
  ["widget loader", () => [join(dist, "w.js")], 2_000, 1_000],
];

let failed = false;
for (const [name, files, limit, aim] of rows) {
  try {
    const all = files();
    const size = all.reduce((n, f) => n + gzip(f), 0);
    const word = size > limit ? "TOO BIG" : size > aim ? "ok, above the aim" : "ok";
    failed ||= size > limit;
    console.log(`${name.padEnd(20)} ${String(size).padStart(7)} B gzip of ${limit} (aim ${aim}): ${word}`);
    if (process.argv.includes("-v"))
      for (const f of all) console.log(`  ${String(gzip(f)).padStart(7)} ${f.slice(dist.length)}`);
  } catch (error) {
    failed = true;
    console.log(`${name.padEnd(20)} not built: ${existsSync(dist) ? error.message : "run npm run build"}`);
  }
}
process.exit(failed ? 1 : 0);
