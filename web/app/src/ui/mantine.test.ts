import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "..");
const styles = join(import.meta.dirname, "../../../node_modules/@mantine/core/styles");
const imported = new Set(
  [...readFileSync(join(import.meta.dirname, "mantine.css"), "utf8").matchAll(/styles\/(\w+)\.layer/g)].map(
    (m) => m[1],
  ),
);

test("every part of Mantine we use has its styles", () => {
  const used = new Set<string>();
  for (const file of readdirSync(src, { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(file)) continue;
    for (const [, names] of readFileSync(join(src, file), "utf8").matchAll(
      /import \{([^}]*)\} from "@mantine\/core"/g,
    )) {
      for (const name of names!.split(",")) used.add(name.trim().split(" as ")[0]!);
    }
  }
  const missing = [...used].filter((n) => existsSync(join(styles, `${n}.layer.css`)) && !imported.has(n));
  expect(used.size).toBeGreaterThan(15);
  expect(missing).toEqual([]);
});
