import { useSyncExternalStore } from "react";

/**
 * Drafts keeps unsent text per interaction: in memory, in this browser, and,
 * every 2 s while it changes, on the server.
 *
 * Source: UX-25.
 */
const place = "parley.drafts";
/** How often a changing draft is saved on the server. Unit: milliseconds. */
const rhythm = 2_000;
/** What the place of a note has after the interaction's id. */
const noteMark = "#note";
/** customerDraft names the draft of the record of a customer who is not known yet: it stays in this browser. */
export const customerDraft = (interaction: string) => `${interaction}#customer`;

function load(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "{}");
  } catch {
    return {};
  }
}

let all = load();
let dirty = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;
let save: (interaction: string, text: string) => Promise<unknown> = async () => undefined;
/** What the server has said it has. */
let saved: Record<string, string> = {};
const listeners = new Set<() => void>();

function store() {
  try {
    localStorage.setItem(place, JSON.stringify(all));
  } catch {
    // storage is switched off: memory and the server have it
  }
}

/** Another window of this browser may have the same conversation open: its words count, unless this one has newer. */
globalThis.addEventListener?.("storage", (e) => {
  if (e.key !== place) return;
  const mine = [...dirty].map((id) => [id, all[id] ?? ""] as const);
  all = { ...load(), ...Object.fromEntries(mine) };
  for (const l of listeners) l();
});

/** flush saves what has changed, at once. */
export function flush() {
  clearTimeout(timer);
  timer = undefined;
  store();
  for (const id of dirty) void keep(id, all[id] ?? "");
  dirty = new Set();
}

/** keep has the server keep a draft. Where it cannot, this browser has it, and nothing is called saved. */
async function keep(interaction: string, text: string) {
  try {
    await save(interaction, text);
    saved = { ...saved, [interaction]: text };
    for (const l of listeners) l();
  } catch {
    // the next change tries again
  }
}

/** isSaved tells whether the server has the unsent text of an interaction as it stands. */
export function isSaved(interaction: string): boolean {
  return Boolean(all[interaction]) && saved[interaction] === all[interaction];
}

/** saveDraftsWith says how a draft reaches the server. */
export function saveDraftsWith(fn: typeof save) {
  save = fn;
}

/** setDraft remembers the unsent text of an interaction. */
export function setDraft(interaction: string, text: string) {
  if (all[interaction] === text) return;
  all = { ...all, [interaction]: text };
  dirty.add(interaction);
  timer ??= setTimeout(flush, rhythm);
  for (const l of listeners) l();
}

/** draftOf returns the unsent text; the server's where this browser has none. */
export function draftOf(interaction: string, server: string): string {
  return all[interaction] ?? server;
}

/** noteDrafts returns the interactions with a note that is typed and not saved. */
export function noteDrafts(): string[] {
  return Object.keys(all).flatMap((id) =>
    id.endsWith(noteMark) && all[id]!.trim() ? id.slice(0, -noteMark.length) : [],
  );
}

/** forgetDrafts clears this browser, at sign-out. */
export function forgetDrafts() {
  clearTimeout(timer);
  timer = undefined;
  all = {};
  saved = {};
  dirty = new Set();
  store();
  for (const l of listeners) l();
}

/** unsent tells whether leaving the page could lose something. */
export function unsent(): boolean {
  return dirty.size > 0;
}

function listen(l: () => void) {
  listeners.add(l);
  return () => listeners.delete(l);
}

/** useDraft is the unsent text of an interaction. */
export function useDraft(interaction: string, server: string): string {
  return useSyncExternalStore(listen, () => draftOf(interaction, server));
}

/** useSaved tells whether the server has that text. */
export function useSaved(interaction: string): boolean {
  return useSyncExternalStore(listen, () => isSaved(interaction));
}
