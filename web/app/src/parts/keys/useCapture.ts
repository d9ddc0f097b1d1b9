import { type KeyboardEvent, useState } from "react";
import { nameOf } from "../actions";

/** What is only held while another key is pressed. */
const held = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "NumLock", "Fn", "Dead"]);

/**
 * useCapture takes the key that is pressed for a shortcut, before it does anything else. G begins a
 * pair of keys, as it does in the usual ones. Tab leaves, and Escape says "" for nothing.
 */
export function useCapture(onKey: (key: string) => void) {
  const [after, setAfter] = useState("");
  function down(e: KeyboardEvent) {
    if (e.key === "Tab" || held.has(e.key) || e.nativeEvent.isComposing) return;
    e.preventDefault();
    e.stopPropagation();
    const name = nameOf(e.nativeEvent, after);
    if (name === "Escape") return onKey("");
    if (name === "g" && after === "") return setAfter(name);
    onKey(after ? `${after} ${name}` : name);
  }
  return { after, down, begin: () => setAfter("") };
}
