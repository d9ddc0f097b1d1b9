import type { Message } from "@parley/protocol";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import type { T } from "../i18n";
import { floor, outbox } from "../live/floor";
import type { Live } from "../live/reduce";
import { saySoon } from "../parts/announce";
import { reasonText } from "../parts/message/content";
import { hearAgain } from "./again";
import { alertOf, isMine } from "./desk";
import { flush, saveDraftsWith, unsent } from "./drafts";
import { ownWindow } from "./windows";

/** useHousekeeping saves drafts, warns before text is lost, and says what happens in conversations one does not look at. */
export function useHousekeeping() {
  const { t } = useTranslation();
  useDraftKeeping();
  useEffect(() => {
    const stop = floor.watch((frame, _before, after) => {
      hearAgain(frame, after.me.id);
      const counts = new Map<string, number>();
      for (const e of frame.events) {
        if (e.message?.sender !== "customer") continue;
        const i = Object.values(after.interactions).find(
          (x) => x.conversation_id === e.message!.conversation_id && isMine(x, after.me.id),
        );
        if (i && !location.pathname.endsWith(i.id))
          counts.set(i.customer.name, (counts.get(i.customer.name) ?? 0) + 1);
      }
      for (const e of frame.events) if (e.message) tellTrouble(t, e.message, after);
      for (const [name, count] of counts) saySoon(t("agent.list.news", { name, count }));
    });
    return () => {
      stop();
    };
  }, [t]);
  useEffect(() => {
    const told = new Set<string>();
    const timer = setInterval(() => {
      const live = floor.get().live;
      if (!live) return;
      for (const i of Object.values(live.interactions)) {
        if (!isMine(i, live.me.id)) continue;
        const key = `${i.id} ${i.unread_from_at}`;
        if (alertOf(i, floor.now()).kind !== "over" || told.has(key)) continue;
        told.add(key);
        saySoon(t("agent.alert.nowOver", { name: i.customer.name }));
      }
    }, 1000);
    return () => clearInterval(timer);
  }, [t]);
}

/** tellTrouble says once that a message of mine did not go out, or may not have (CNV-02). */
function tellTrouble(t: T, m: Message, { interactions, me }: Live) {
  if (m.agent?.id !== me.id || !m.delivery) return;
  const { state, code } = m.delivery;
  const name = interactions[m.interaction_id]?.customer.name ?? "";
  if (state === "failed") saySoon(t("talk.failedFor", { name, reason: reasonText(t, code) }));
  if (state === "unconfirmed") saySoon(t("talk.unconfirmedFor", { name }));
}

/** useDraftKeeping saves what is typed, and warns before it is lost. */
export function useDraftKeeping() {
  useEffect(() => {
    saveDraftsWith(async (id, text) => {
      if (!id.includes("#")) await api.put(`/api/interactions/${id}/draft`, { text });
    });
    const warn = (e: BeforeUnloadEvent) => {
      if (ownWindow()) flush(); // the workspace has it at once
      if (unsent() || outbox.get().some((s) => s.state !== "sent")) e.preventDefault();
    };
    addEventListener("beforeunload", warn);
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("beforeunload", warn);
      removeEventListener("pagehide", flush);
    };
  }, []);
}
