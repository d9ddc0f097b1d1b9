/** Interval is one open stretch of a weekday, in minutes from midnight: [from, to). */
export type Interval = { day: number; from: number; to: number };

/** Monday first; 0 is Sunday, as the server counts. */
export const week = [1, 2, 3, 4, 5, 6, 0] as const;

/** A day has 1440 minutes; an interval may end with the day. */
const dayMinutes = 24 * 60;

/** toClock writes minutes as 09:05; 1440 is 24:00. */
export function toClock(minutes: number): string {
  const pad = (n: number) => String(n).padStart(2, "0");
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** fromClock reads 9:05, 09:05, 9 h 05 or 0905; null if it is no time of day. */
export function fromClock(text: string): number | null {
  const match = /^(\d{1,2})\s*(?:[:h.]\s*)?(\d{2})?$/i.exec(text.trim().replace(/\s*h\s*$/i, ""));
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2] ?? 0);
  return Number(match[2] ?? 0) < 60 && minutes <= dayMinutes ? minutes : null;
}

/** ofDay returns a day's intervals in the order of the clock. */
export function ofDay(hours: readonly Interval[], day: number): Interval[] {
  return hours.filter((i) => i.day === day).sort((a, b) => a.from - b.from);
}

/** fault says what is wrong with a day: it ends before it begins, or two overlap. */
export function fault(intervals: readonly Interval[]): "empty" | "overlap" | null {
  const sorted = [...intervals].sort((a, b) => a.from - b.from);
  if (sorted.some((i) => i.from >= i.to)) return "empty";
  return sorted.some((i, n) => n > 0 && i.from < sorted[n - 1]!.to) ? "overlap" : null;
}

/** withDay replaces the intervals of one day. */
export function withDay(hours: readonly Interval[], day: number, intervals: readonly Interval[]): Interval[] {
  return [...hours.filter((i) => i.day !== day), ...intervals.map((i) => ({ ...i, day }))];
}

/** added is a day's intervals with one more: the working day, or the hour after the last. */
export function added(intervals: readonly Interval[], day: number): Interval[] {
  const last = intervals.at(-1);
  if (!last) return [{ day, from: 9 * 60, to: 17 * 60 }];
  const from = Math.min(last.to + 60, dayMinutes - 60);
  return [...intervals, { day, from, to: Math.min(from + 60, dayMinutes) }];
}

/** copied gives Monday's hours to Tuesday through Friday. */
export function copied(hours: readonly Interval[]): Interval[] {
  const monday = ofDay(hours, 1);
  return [2, 3, 4, 5].reduce((all, day) => withDay(all, day, monday), [...hours]);
}
