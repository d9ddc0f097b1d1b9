import type { Interaction } from "@parley/protocol";
import { useEffect } from "react";
import { api } from "../api/client";
import { floor, outbox } from "../live/floor";
import type { Outbox } from "../live/outbox";
import type { Live } from "../live/reduce";
import { isMine } from "./desk";
import { draftOf, noteDrafts, setDraft } from "./drafts";

type Out = Pick<Outbox, "send">;

/**
 * keepNotes saves the notes that stood unsaved when a wrap-up of mine ended, by its button or by its timer:
 * who typed one meant it. Each tab does, under one id, so that the note is kept once.
 *
 * Source: WRP-03, F066.
 */
export function keepNotes(before: Live, after: Live, out: Out) {
  for (const id of noteDrafts()) {
    const was = before.interactions[id];
    const state = after.interactions[id]?.state;
    if (was?.state !== "wrapup" || was.agent?.id !== before.me.id) continue;
    if (state === "wrapup" || state === "active") continue;
    handIn(id, out);
  }
}

/** keepLateNotes saves those that stood unsaved when the tab was closed, once their interaction is over. */
export async function keepLateNotes({ interactions, me }: Live, out: Out) {
  for (const id of noteDrafts()) {
    const held = interactions[id];
    if (held && isMine(held, me.id)) continue;
    const i = await api
      .get<{ interaction: Interaction }>(`/api/interactions/${id}`)
      .then((page) => page.interaction)
      .catch(() => null); // the next start asks again
    if (i?.state === "logged" && i.agent?.id === me.id) handIn(id, out);
  }
}

function handIn(id: string, out: Out) {
  const text = draftOf(`${id}#note`, "").trim();
  if (text) out.send({ interaction: id, conversation: "", text }, uuidOf(id));
  setDraft(`${id}#note`, "");
}

/**
 * useNotes keeps notes wherever in the app their writer is, whether the end of the wrap-up is told in a frame or,
 * after a gap, in a snapshot; at the start, those of the wrap-ups that ended before.
 */
export function useNotes() {
  useEffect(() => {
    let before = floor.get().live;
    if (before) void keepLateNotes(before, outbox);
    const stop = floor.subscribe(() => {
      const { live } = floor.get();
      if (before && live && before.interactions !== live.interactions) keepNotes(before, live, outbox);
      before = live;
    });
    return () => {
      stop();
    };
  }, []);
}

/** uuidOf is the UUID in an interaction's id: its last 32 digits. */
function uuidOf(id: string): string {
  return id.slice(-32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
