/** The browsers a person knows by name, the more special first. */
const known = [
  ["Edge", /\bEdg\//],
  ["Opera", /\bOPR\//],
  ["Firefox", /\bFirefox\//],
  ["Chrome", /\b(?:Headless)?Chrom(?:e|ium)\//],
  ["Safari", /\bSafari\//],
  ["curl", /^curl\//],
] as const;

const systems = [
  ["Android", /Android/],
  ["iOS", /iPhone|iPad/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X/],
  ["Linux", /Linux/],
] as const;

/** browserOf names a browser and its system from what it calls itself: Firefox, Windows. */
export function browserOf(userAgent: string): string {
  const find = (list: readonly (readonly [string, RegExp])[]) =>
    list.find(([, is]) => is.test(userAgent))?.[0];
  return [find(known), find(systems)].filter(Boolean).join(", ") || userAgent.slice(0, 40);
}
