import { useSyncExternalStore } from "react";

/**
 * Windows knows which conversations are open in a window of their own (CNV-10).
 * The windows of one browser tell each other; a new one asks.
 */
type Word = { ask: true } | { open: string } | { shut: string } | { close: string };

const base = "/agent/window/";
const size = "popup,width=560,height=800";

let out = new Set<string>();
let line: BroadcastChannel | undefined;
const listeners = new Set<() => void>();

/** ownWindow is the interaction this window is for, "" in the workspace. */
export function ownWindow(path = location.pathname): string {
  return path.startsWith(base) ? path.slice(base.length) : "";
}

function set(id: string, open: boolean) {
  if (out.has(id) === open) return;
  out = new Set(open ? [...out, id] : [...out].filter((one) => one !== id));
  for (const l of listeners) l();
}

function hear(word: Word) {
  const own = ownWindow();
  if ("open" in word) set(word.open, true);
  else if ("shut" in word) set(word.shut, false);
  else if (own && ("ask" in word || word.close === own)) {
    if ("ask" in word) say({ open: own });
    else window.close();
  }
}

function say(word: Word) {
  connect()?.postMessage(word);
}

function connect(): BroadcastChannel | undefined {
  if (line || typeof BroadcastChannel === "undefined") return line;
  line = new BroadcastChannel("parley.windows");
  line.onmessage = (e: MessageEvent<Word>) => hear(e.data);
  line.postMessage({ ask: true } satisfies Word);
  return line;
}

/** openWindow shows a conversation in its own window, or brings that to the front. False: the browser did not let us. */
export function openWindow(id: string): boolean {
  const opened = window.open(out.has(id) ? "" : base + id, `parley-${id}`, size);
  opened?.focus();
  return opened !== null;
}

/** bringBack closes a conversation's own window; the workspace shows it again. */
export function bringBack(id: string) {
  say({ close: id });
  set(id, false);
}

/** hold says that this window shows an interaction, until it is left. */
export function hold(id: string): () => void {
  say({ open: id });
  const shut = () => say({ shut: id });
  addEventListener("pagehide", shut);
  return () => {
    removeEventListener("pagehide", shut);
    shut();
  };
}

/** useElsewhere tells whether a conversation is shown in another window. */
export function useElsewhere(id: string): boolean {
  return useSyncExternalStore(
    (l) => {
      connect();
      listeners.add(l);
      return () => listeners.delete(l);
    },
    () => out.has(id) && ownWindow() !== id,
  );
}
