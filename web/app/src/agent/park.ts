import type { Interaction } from "@parley/protocol";

/** isParked tells whether an interaction was laid aside by a person (I29). */
export function isParked(i: Interaction, by: string): boolean {
  return i.state === "parked" && i.parked_by?.id === by;
}

/** parkedRows are what a person laid aside, the first to come back first; those without a time are last. */
export function parkedRows(interactions: Record<string, Interaction>, me: string): Interaction[] {
  const back = (i: Interaction) => i.parked_until || Number.POSITIVE_INFINITY;
  const mine = Object.values(interactions).filter((i) => isParked(i, me));
  return mine.sort((a, b) => (back(a) === back(b) ? a.number - b.number : back(a) - back(b)));
}

/** returned is what left its agent's list: laid aside there, it is on its way to somebody now. */
export function returned(i: Interaction): Interaction {
  return i.state === "parked" ? { ...i, state: "queued" } : i;
}

/** When something can come back without a calendar. */
export const presets = ["hour", "tomorrow", "monday"] as const;
export type Preset = (typeof presets)[number];

/** At which hour of a day things come back. */
const morning = 9;

/** presetAt is when a preset is, by the clock on the wall. Unit: Unix milliseconds. */
export function presetAt(preset: Preset, now: number): number {
  if (preset === "hour") return now + 3_600_000;
  const at = new Date(now);
  const days = preset === "tomorrow" ? 1 : (8 - at.getDay()) % 7 || 7;
  at.setDate(at.getDate() + days);
  return at.setHours(morning, 0, 0, 0);
}

/** timeOf reads a date and time as a browser's field writes it: 2026-03-03T09:00. NaN if it is none. */
export function timeOf(field: string): number {
  return field === "" ? Number.NaN : new Date(field).getTime();
}

/** fieldOf writes a time as a browser's field wants it. */
export function fieldOf(at: number): string {
  const d = new Date(at);
  return new Date(at - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
