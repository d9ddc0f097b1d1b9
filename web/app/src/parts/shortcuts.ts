import type { Shortcuts } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "../api/client";
import { queryClient, keys as queryKeys } from "../api/query";
import { type Preferences, prefer, preferences } from "./preferences";

export const mac = /Mac|iP(hone|ad)/.test(navigator.platform);

/** nth is the usual keys of the nth conversation: browsers on Linux keep Alt and a digit for themselves. */
const nth = (n: number) => [`${mac ? "ctrl" : "alt"}+${n}`, `g ${n}`] as const;

/**
 * What has a key, and which: the one list that the keyboard, the palette, the help and the profile
 * read. Keys are written "F8", "mod+k" (Ctrl, or Cmd on a Mac), "alt+1", "j" and, one after the
 * other, "g a".
 */
export const usual = {
  palette: ["mod+k"],
  help: ["?"],
  regionNext: ["F6"],
  regionPrevious: ["shift+F6"],
  save: ["mod+s"],
  "go-workspace": ["g a"],
  "go-customers": ["g c"],
  "go-cases": ["g k"],
  "go-supervisor": ["g s"],
  accept: ["F8"],
  reject: ["F9"],
  reply: ["r"],
  note: ["n"],
  faq: ["/"],
  transfer: ["t"],
  end: ["e"],
  park: ["p"],
  window: ["w"],
  nextReply: ["F2"],
  previousReply: ["shift+F2"],
  down: ["j"],
  up: ["k"],
  nth1: nth(1),
  nth2: nth(2),
  nth3: nth(3),
  nth4: nth(4),
  nth5: nth(5),
  nth6: nth(6),
  status: ["."],
  available: ["v"],
  break: ["b"],
  offline: ["o"],
} as const satisfies Record<string, readonly string[]>;

export type Shortcut = keyof typeof usual;

/** fixed is what nobody can remap, as it is so everywhere else too. */
const fixed: Record<string, readonly string[]> = { mute: ["Escape"] };

/** groups is the order in which people read them. */
export const groups = [
  [
    "anywhere",
    [
      "palette",
      "help",
      "regionNext",
      "regionPrevious",
      "save",
      "go-workspace",
      "go-customers",
      "go-cases",
      "go-supervisor",
    ],
  ],
  ["offers", ["accept", "reject"]],
  ["conversation", ["reply", "note", "faq", "transfer", "end", "park", "window"]],
  [
    "list",
    [
      "nextReply",
      "previousReply",
      "down",
      "up",
      "nth1",
      "nth2",
      "nth3",
      "nth4",
      "nth5",
      "nth6",
      "status",
      "available",
      "break",
      "offline",
    ],
  ],
] as const satisfies readonly (readonly [string, readonly Shortcut[]])[];

const shortcuts = Object.keys(usual) as Shortcut[];

/** keysOf returns the keys of what is done: the person's own, else the usual ones; none = it has none. */
export function keysOf(id: string, own = preferences().keys): readonly string[] {
  const mine = own[id];
  return mine ? [mine] : (usual[id as Shortcut] ?? fixed[id] ?? []);
}

/** isStrong is whether a key works in text fields too, and cannot be switched off: it is no letter. */
export const isStrong = (key: string) => /^(mod|alt|ctrl|meta)\+|^(shift\+)?F\d+$/.test(key);

/** workingKeys returns those that do something now: letters can be off (WCAG 2.1.4). */
export function workingKeys(id: string, now: Preferences = preferences()): string[] {
  return keysOf(id, now.keys).filter((k) => now.letters || isStrong(k));
}

/** What the browser keeps for itself, or what people edit texts with. */
const kept = /^((mod|ctrl)\+[acfnpqrtvwxyz]|(mod|ctrl)\+(shift\+)?\w{2,}|(shift\+)?F(5|11|12)|alt\+F4)$/;
/** What moves, chooses and deletes wherever one is. */
const common =
  /(^|\+| )(Escape|Enter|Tab|Backspace|Delete|Insert|Home|End|Page\w+|Arrow\w+| |Dead|Process|Unidentified)$/;

/** refusalOf says why a key cannot be chosen for something, "" = it can. */
export function refusalOf(id: Shortcut, key: string): "" | "kept" | "altGr" | "typed" {
  if (/^(mod|ctrl)\+alt\+/.test(key)) return "altGr";
  if (kept.test(key) || common.test(key) || key.startsWith("meta+")) return "kept";
  if (id === "faq" && /^[\p{L}\p{N}]/u.test(key) && !isStrong(key)) return "typed"; // texts begin with those
  return "";
}

/** clashOf returns what has the key already. */
export function clashOf(id: Shortcut, key: string, own = preferences().keys): Shortcut | undefined {
  return shortcuts.find((s) => s !== id && keysOf(s, own).includes(key));
}

/** withKey returns the person's own keys once something has a key; what had it gets the old one of this. */
export function withKey(own: Record<string, string>, id: Shortcut, key: string): Record<string, string> {
  const other = clashOf(id, key, own);
  const swapped = other ? { [other]: keysOf(id, own)[0]! } : {};
  const next: Record<string, string> = { ...own, ...swapped, [id]: key };
  const isUsual = (s: string, k: string) => usual[s as Shortcut]?.join() === k;
  return Object.fromEntries(Object.entries(next).filter(([s, k]) => !isUsual(s, k)));
}

/** useShortcuts fetches what this person chose on whatever machine; until then this browser's last counts. */
export function useShortcuts() {
  const { data } = useQuery({
    queryKey: queryKeys.shortcuts(),
    queryFn: () => api.get<Shortcuts>("/api/agents/me/shortcuts"),
  });
  useEffect(() => {
    if (data) prefer({ letters: data.letters, keys: data.keys });
  }, [data]);
}

/** keepShortcuts keeps what this person chose: here at once, and on the server. */
export async function keepShortcuts(change: Partial<Shortcuts>) {
  const { letters, keys } = preferences();
  const next = { letters, keys, ...change };
  prefer(next);
  await queryClient.cancelQueries({ queryKey: queryKeys.shortcuts() }); // an answer from before would undo it
  try {
    await api.put("/api/agents/me/shortcuts", next);
    queryClient.setQueryData<Shortcuts>(queryKeys.shortcuts(), next);
  } catch (error) {
    prefer({ letters, keys });
    throw error;
  }
}
