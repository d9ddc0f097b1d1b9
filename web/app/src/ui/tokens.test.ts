import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MantineTheme } from "@mantine/core";
import { describe, expect, test } from "vitest";
import { variables } from "./theme";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

/** block returns the declarations of the first rule whose selector is `selector`. */
function block(selector: string): Record<string, string> {
  const at = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf("{", at) + 1, css.indexOf("}", at));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1]!, m[2]!]));
}
const named = {
  light: block(":root"),
  dark: { ...block(":root"), ...block(':root[data-mantine-color-scheme="dark"]') },
};
const meanings = Object.fromEntries(
  [...css.slice(css.lastIndexOf(":root {")).matchAll(/--([\w-]+):\s*var\(--([\w-]+)\);/g)].map((m) => [
    m[1]!,
    m[2]!,
  ]),
);

function luminance(hex: string): number {
  const c = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255);
  const [r, g, b] = c.map((x) => (x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return (x! + 0.05) / (y! + 0.05);
}

/** Pairs of text and ground that meet on the screen. */
const pairs: [string, string][] = [
  ...["text", "muted", "accent"].flatMap((t) =>
    ["bg", "surface", "sunken"].map((g): [string, string] => [t, g]),
  ),
  ...["ok", "info", "wrap", "warn", "danger"].flatMap((t): [string, string][] => [
    [t, "surface"],
    [t, "bg"],
    [t, `${t}-soft`],
    ["surface", t],
  ]),
  ["text", "accent-soft"],
  ["muted", "accent-soft"],
  ["warn", "accent-soft"],
  ["danger", "accent-soft"],
  ["wrap", "accent-soft"],
  ["accent", "accent-soft"],
  ["on-accent", "accent"],
];

/** hex is the color of a token, or of a mix of two, in a scheme. */
function hex(scheme: "light" | "dark", value: string): string {
  const tokens = [...value.matchAll(/var\(--([\w-]+)\)/g)].map((m) => {
    const color = named[scheme][meanings[m[1]!] ?? m[1]!]!;
    return [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));
  });
  const share = Number(/(\d+)%/.exec(value)?.[1] ?? 100) / 100;
  const mixed = tokens[0]!.map((c, i) => Math.round(c * share + (tokens[1]?.[i] ?? 0) * (1 - share)));
  return `#${mixed.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
}

/** What buttons with a ground of their own look like under the mouse. */
const looks = variables({} as MantineTheme).light;
const hues = Object.keys(looks).flatMap((k) => /^--mantine-color-(\w+)-light-hover$/.exec(k)?.[1] ?? []);
const hovers = hues.flatMap((hue) =>
  [
    [`${hue}-light-color`, `${hue}-light-hover`],
    [`${hue}-contrast`, `${hue}-filled-hover`],
  ].map((pair) => pair.map((name) => looks[`--mantine-color-${name}`]!) as [string, string]),
);

describe.each(["light", "dark"] as const)("%s", (scheme) => {
  test.each(pairs)("ux 5: %s on %s reads (4.5:1)", (text, ground) => {
    const color = (name: string) => named[scheme][meanings[name] ?? ""] ?? "";
    expect(color(text)).toMatch(/^#[0-9a-f]{6}$/);
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(hovers)("ux 5: %s reads on %s, under the mouse", (text, ground) => {
    expect(contrast(hex(scheme, text), hex(scheme, ground))).toBeGreaterThanOrEqual(4.5);
  });
});
