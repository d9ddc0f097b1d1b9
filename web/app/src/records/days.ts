/**
 * dayBounds returns where a day begins and ends in a zone. Unit: Unix
 * milliseconds; `today` is the day itself, as 2026-03-02.
 */
export function dayBounds(day: string | number, zone: string): { today: string; start: number; end: number } {
  const today = typeof day === "number" ? dayIn(day, zone) : day;
  const start = midnight(today, zone);
  // A day has 23 to 25 hours: the next one begins at its own midnight.
  const end = midnight(dayIn(start + 30 * hour, zone), zone);
  return { today, start, end };
}

const hour = 3_600_000;

/** dayIn is the day at a place in the world: 2026-03-02. */
function dayIn(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at);
}

/** midnight finds the first moment of a day in a zone. */
function midnight(day: string, zone: string): number {
  const guess = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(guess)) return 0;
  const first = guess - offset(guess, zone);
  return guess - offset(first, zone);
}

/** offset is how far a zone is ahead of UTC at a moment. Unit: milliseconds. */
function offset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  const local = Date.UTC(
    value("year"),
    value("month") - 1,
    value("day"),
    value("hour"),
    value("minute"),
    value("second"),
  );
  return local - Math.floor(at / 1000) * 1000;
}
