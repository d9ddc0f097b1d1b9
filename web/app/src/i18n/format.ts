import { currentLanguage } from "./index";

/** clock formats a length of time as 0:42, 12:05 or 1:02:09. Unit: milliseconds. */
export function clock(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

/** span formats a length of time that may be days: 6 days 23 hr; below a day as clock does. Unit: milliseconds. */
export function span(ms: number): string {
  const h = Math.floor(ms / 3_600_000);
  if (h < 24) return clock(ms);
  const write = (n: number, unit: string) =>
    new Intl.NumberFormat(currentLanguage(), { style: "unit", unit, unitDisplay: "short" }).format(n);
  return `${write(Math.floor(h / 24), "day")}\u00a0${write(h % 24, "hour")}`;
}

/** timeOfDay formats the time of day in the viewer's zone: 2:02 PM, 14 h 02. */
export function timeOfDay(at: number): string {
  return whole(new Intl.DateTimeFormat(currentLanguage(), { timeStyle: "short" }).format(at));
}

/** whole keeps a time on one line: a French 14 h 02 min 7 s is one word. */
function whole(text: string): string {
  return text.replace(/(?<=\d) (?=(h|min|s)\b)|(?<=\d (h|min)) (?=\d)/g, "\u00a0");
}

/** dayOf formats the day: Mon, Mar 2, 2026. */
export function dayOf(at: number): string {
  return new Intl.DateTimeFormat(currentLanguage(), {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  }).format(at);
}

/** dateTime formats the day and the time, in the viewer's zone or the one given; "" for none. */
export function dateTime(at: number, timeZone?: string): string {
  if (at === 0) return "";
  return whole(
    new Intl.DateTimeFormat(currentLanguage(), {
      dateStyle: "medium",
      timeStyle: "short",
      ...(timeZone ? { timeZone } : {}),
    }).format(at),
  );
}

/** toTheSecond is dateTime where moments are compared: two may lie in the same minute. */
export function toTheSecond(at: number): string {
  if (at === 0) return "";
  const style = { dateStyle: "medium", timeStyle: "medium" } as const;
  return whole(new Intl.DateTimeFormat(currentLanguage(), style).format(at));
}

/** ago formats how long ago something was, in the largest unit that fits. */
export function ago(at: number, now: number): string {
  const s = Math.round((at - now) / 1000);
  const f = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: "auto", style: "short" });
  if (Math.abs(s) < 60) return f.format(s, "second");
  if (Math.abs(s) < 3600) return f.format(Math.round(s / 60), "minute");
  if (Math.abs(s) < 86400) return f.format(Math.round(s / 3600), "hour");
  return f.format(Math.round(s / 86400), "day");
}

/** number formats a number the way the language does. */
export function number(n: number): string {
  return new Intl.NumberFormat(currentLanguage()).format(n);
}

/** inLanguage picks the French name where there is one and French is shown. */
export function inLanguage(thing: { name: string; name_fr?: string }): string {
  return currentLanguage() === "fr-CA" && thing.name_fr ? thing.name_fr : thing.name;
}

/** languageName is what a language is called, English for en; the tag itself where nobody knows it. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([currentLanguage()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // what a browser claims is not always a tag
  }
}

/** pointed is a number as it is kept, while it is typed: who writes French writes 12,5. */
export function pointed(typed: string): string {
  return currentLanguage().startsWith("fr") ? typed.replace(",", ".") : typed;
}
