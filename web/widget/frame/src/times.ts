/** hour returns the time of day of a moment, as people write it: 2:05 PM, 14 h 05. */
export function hour(at: number, language: string, zone?: string): string {
  return format(at, language, zone, { hour: "numeric", minute: "2-digit" });
}

/** opening returns a moment within the next days: Monday 9:00 AM, lundi 9 h 00. In one format French has a nought before the nine. */
export function opening(at: number, zone: string, language: string): string {
  return `${format(at, language, zone, { weekday: "long" })} ${hour(at, language, zone)}`;
}

/** day returns the date of a moment: March 2. */
export function day(at: number, language: string): string {
  return format(at, language, undefined, { weekday: "long", month: "long", day: "numeric" });
}

function format(
  at: number,
  language: string,
  zone: string | undefined,
  how: Intl.DateTimeFormatOptions,
): string {
  try {
    return new Intl.DateTimeFormat(language, { ...how, timeZone: zone || undefined }).format(at);
  } catch {
    return new Intl.DateTimeFormat(language, how).format(at); // a zone this browser does not know
  }
}
