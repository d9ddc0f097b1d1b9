import type { Outbox } from "../live/outbox";
import type { Live } from "../live/reduce";
import { draftOf, noteDrafts, setDraft } from "./drafts";

/**
 * keepNotes saves the notes that stood unsaved when a wrap-up of mine ended, by its button or by its timer:
 * who typed one meant it. Each tab does, under one id, so that the note is kept once.
 *
 * Source: WRP-03, F066.
 */
export function keepNotes(before: Live, after: Live, outbox: Pick<Outbox, "send">) {
  for (const id of noteDrafts()) {
    const was = before.interactions[id];
    const state = after.interactions[id]?.state;
    if (was?.state !== "wrapup" || was.agent?.id !== before.me.id) continue;
    if (state === "wrapup" || state === "active") continue;
    outbox.send({ interaction: id, conversation: "", text: draftOf(`${id}#note`, "").trim() }, uuidOf(id));
    setDraft(`${id}#note`, "");
  }
}

/** uuidOf is the UUID in an interaction's id: its last 32 digits. */
function uuidOf(id: string): string {
  return id.slice(-32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
