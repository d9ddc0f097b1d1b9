import type { BaseStatus, StatusCode } from "@parley/protocol";
import { createContext, useContext } from "react";

export type Applies = StatusCode["applies"];

/** StatusActs is what people do about their status, wherever the button is. */
export interface StatusActs {
  /** Asks for a reason first, where the administrator wants one (PRE-13). */
  choose: (status: Exclude<BaseStatus, "logged_out">, code?: string) => void;
  stopNew: () => void;
  resume: () => void;
  signOut: () => void;
  busy: boolean;
}

export const StatusContext = createContext<StatusActs | null>(null);

/** useStatusActs returns them; the shell provides them. */
export function useStatusActs(): StatusActs {
  const acts = useContext(StatusContext);
  if (!acts) throw new Error("no status acts");
  return acts;
}

/** codesFor returns the reasons to choose from for an action. */
export function codesFor(codes: StatusCode[], applies: Applies): StatusCode[] {
  return codes.filter((c) => c.applies === applies);
}
