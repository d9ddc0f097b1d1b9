/** fold makes words comparable: no case, no accents. */
export const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** parted reads hyphens and apostrophes as spaces: who types wrap up or l'agent means wrap-up and l’agent. */
const parted = (text: string) => fold(text).replace(/['\u2019\u2010-\u2015-]/g, " ");

/** matches reports whether a text holds every word somebody looks for. */
export function matches(text: string, sought: string): boolean {
  const within = parted(text);
  return parted(sought)
    .split(/\s+/)
    .every((word) => within.includes(word));
}
