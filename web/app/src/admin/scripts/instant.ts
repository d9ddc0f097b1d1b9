/** instant is when a clock of a zone shows a time: 2026-03-03T18:30. Unit: Unix milliseconds. */
export function instant(shown: string, zone: string): number {
  const asUtc = Date.parse(`${shown.slice(0, 16)}:00Z`);
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const there = Date.parse(`${clock.format(asUtc).replace(" ", "T")}Z`);
  return asUtc - (there - asUtc);
}
