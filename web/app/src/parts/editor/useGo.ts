import { useLocation } from "wouter";

/** Asked before a page with unsaved changes is left. */
let guard: ((to: string) => void) | null = null;

/** hold has the page ask before somebody leaves it by a key, the palette or an offer. Returns the end of that. */
export function hold(ask: (to: string) => void): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = null;
  };
}

/** useGo goes to another page of ours, unless the one that is shown has unsaved changes: then that one asks. */
export function useGo(): (to: string) => void {
  const [, navigate] = useLocation();
  return (to) => (guard ?? navigate)(to);
}
