import type { Script } from "./types";

/** ScriptPart is a part of the form that edits the script. */
export interface ScriptPart {
  script: Script;
  fault: (field: string) => string | undefined;
  set: (change: Partial<Script>) => void;
}
