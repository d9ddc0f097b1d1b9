/** The browsers a person knows by name, the more special first; the number is the version. */
const known = [
  ["Edge", /\bEdg(?:A|iOS)?\/(\d+)/],
  ["Opera", /\bOPR\/(\d+)/],
  ["Samsung Internet", /\bSamsungBrowser\/(\d+)/],
  ["Firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /\b(?:(?:Headless)?Chrom(?:e|ium)|CriOS)\/(\d+)/],
  ["Safari", /\bVersion\/(\d+)\S* .*Safari\//],
  ["curl", /^curl\/(\d+)/],
] as const;

const systems = [
  ["Android", /Android/],
  ["iOS", /iPhone|iPad/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X/],
  ["ChromeOS", /\bCrOS\b/],
  ["Linux", /Linux/],
] as const;

/** Browser is what a user agent says of itself; what it does not say is "". */
export interface Browser {
  /** Its name and version: Chrome 156. */
  name: string;
  system: string;
}

/** browserOf reads a user agent; one we do not know keeps its first words as its name (CNV-09). */
export function browserOf(userAgent: string): Browser {
  const system = systems.find(([, is]) => is.test(userAgent))?.[0] ?? "";
  for (const [name, is] of known) {
    const version = is.exec(userAgent)?.[1];
    if (version) return { name: `${name} ${version}`, system };
  }
  return { name: system ? "" : userAgent.slice(0, 40), system };
}
