import { showKeys } from "./actions";
import { usePreferences } from "./preferences";
import { type Shortcut, workingKeys } from "./shortcuts";

/** Key shows the key of what is done, as this person has it; nothing where it has none. */
export function Key({ of }: { of: Shortcut }) {
  const key = workingKeys(of, usePreferences())[0];
  return key === undefined ? null : <kbd>{showKeys(key)}</kbd>;
}
