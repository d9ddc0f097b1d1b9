import i18next from "i18next";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { preferences } from "./preferences";
import { isStrong, keysOf, mac } from "./shortcuts";

/**
 * Action is something a person can do from the palette or by key: shortcuts.ts has the keys, by
 * id. Function keys and those with a modifier work in text fields too; single letters do not, and
 * can be switched off.
 */
export interface Action {
  id: string;
  label: string;
  run: () => void;
  /** Not listed in the palette: it makes sense by key only. */
  hidden?: boolean;
}

const registry = new Map<string, Action>();
const listeners = new Set<() => void>();
let listed: Action[] = [];

function changed() {
  listed = [...registry.values()];
  for (const l of listeners) l();
}

/** useActions offers actions while the component is shown. Null ones are left out. */
export function useActions(actions: (Action | null | false)[]) {
  const now = useRef(actions);
  now.current = actions;
  const shape = actions.map((a) => (a ? `${a.id}|${a.label}` : "")).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: shape says when the list changed
  useEffect(() => {
    const mine = now.current.filter((a): a is Action => Boolean(a));
    for (const a of mine) {
      const run = () => {
        const latest = now.current.find((b) => b && b.id === a.id);
        if (latest) latest.run();
      };
      registry.set(a.id, { ...a, run });
    }
    changed();
    return () => {
      for (const a of mine) registry.delete(a.id);
      changed();
    };
  }, [shape]);
}

/** useActionList is every action that can be done now. */
export function useActionList(): Action[] {
  return useSyncExternalStore(
    (l) => {
      listeners.add(l);
      return () => listeners.delete(l);
    },
    () => listed,
  );
}

/** nameOf returns a pressed key the way shortcuts write it; after is what was pressed before it. */
export function nameOf(e: KeyboardEvent, after = ""): string {
  const digit = /^Digit([0-9])$/.exec(e.code)?.[1]; // digits by place: AZERTY needs Shift for them
  const key = digit && (e.altKey || e.ctrlKey || e.metaKey || after) ? digit : e.key;
  const [mod, other] = mac ? [e.metaKey, e.ctrlKey && "ctrl+"] : [e.ctrlKey, e.metaKey && "meta+"];
  const shift = e.shiftKey && key.length > 1 ? "shift+" : "";
  const held = `${mod ? "mod+" : ""}${other || ""}${e.altKey ? "alt+" : ""}${shift}`;
  return `${held}${key.length === 1 ? key.toLowerCase() : key}`;
}

let waiting = ""; // the first key of a sequence
let waitingSince = 0;
/** How long the second key of a sequence may take. Unit: milliseconds. */
const sequenceTime = 1500;

/** Where a letter is not for what lies outside: it is typed there, or that is behind a dialog. */
const closed =
  "input, textarea, select, [contenteditable='true'], [role='textbox'], [role='menu'], [aria-modal='true']";

function inField(target: EventTarget | null): boolean {
  const e = target as HTMLElement | null;
  return Boolean(e?.closest?.(closed));
}

/** press runs the action of a key. Returns whether there was one. */
export function press(e: KeyboardEvent): boolean {
  if (e.isComposing || e.repeat) return false;
  if (waiting && e.timeStamp - waitingSince > sequenceTime) waiting = "";
  const name = nameOf(e, waiting);
  const strong = isStrong(name);
  if (!strong && inField(e.target)) return false;
  if (!strong && name !== "Escape" && !preferences().letters) return false;
  const full = waiting ? `${waiting} ${name}` : name;
  waiting = "";
  const found =
    listed.find((a) => keysOf(a.id).includes(full)) ?? listed.find((a) => keysOf(a.id).includes(name));
  if (found) {
    found.run();
    return true;
  }
  if (listed.some((a) => keysOf(a.id).some((k) => k.startsWith(`${full} `)))) {
    waiting = full;
    waitingSince = e.timeStamp;
  }
  return false;
}

/** useKeyboard listens for the keys of every action; the shell calls it once. */
export function useKeyboard() {
  useEffect(() => {
    const down = (e: KeyboardEvent) => {
      if (press(e)) e.preventDefault();
    };
    addEventListener("keydown", down);
    return () => removeEventListener("keydown", down);
  }, []);
}

/** showKeys writes a key for people: Ctrl K, Alt 1, G then A. */
export function showKeys(keys: string): string {
  return keys
    .replace("mod+", mac ? "⌘" : "Ctrl ")
    .replace("ctrl+", "⌃")
    .replace("alt+", mac ? "⌥" : "Alt ")
    .replace("shift+", mac ? "⇧" : i18next.language?.startsWith("fr") ? "Maj " : "Shift ")
    .split(" ")
    .map((k) => (k.length === 1 ? k.toUpperCase() : k))
    .join(" ");
}
