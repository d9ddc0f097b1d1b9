/** zones lists the time zones to choose from: those the browser names, UTC, and the one in use, which may have an older name. */
export function zones(used: string): string[] {
  return [...new Set([used, "UTC", ...Intl.supportedValuesOf("timeZone")])].filter(Boolean).sort();
}
