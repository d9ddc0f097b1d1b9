import type { Frame } from "@parley/protocol";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../../api/client";
import { floor, useLive } from "../../live/floor";
import type { Live } from "../../live/reduce";
import { showKeys } from "../../parts/actions";
import { sayNow, saySoon } from "../../parts/announce";
import { useGo } from "../../parts/editor/useGo";
import { problemText } from "../../parts/problem";
import { workingKeys } from "../../parts/shortcuts";
import { codesFor } from "../../parts/status";
import { openTab } from "../crm/crmTab";
import { markShown } from "../crm/shown";
import { popLate, popOf } from "../crm/useCrm";
import { offerOf } from "../desk";

/** How long a shortcut is ignored after a card appears, so that nobody accepts by accident. */
const guard = 400;
/** How long a card says why its offer is gone. Unit: milliseconds. */
const farewell = 4_000;

/** What is happening to the offer on the card. */
export type Decision = "" | "accepting" | "rejecting";

// What became of the last offer outlives the card: one moves between pages.
let lost: { key: "lost" | "left" | "withdrawn"; text?: string } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
// The offer can be answered in two places, which must not answer it twice (OFR-04).
let answer: { id: string; what: Decision; coding: boolean } = { id: "", what: "", coding: false };
const listeners = new Set<() => void>();

function setAnswer(next: typeof answer) {
  answer = next;
  for (const l of listeners) l();
}

function listen(l: () => void) {
  listeners.add(l);
  return () => listeners.delete(l);
}

function setLost(next: typeof lost) {
  lost = next;
  clearTimeout(timer);
  if (next) timer = setTimeout(() => setLost(null), farewell);
  for (const l of listeners) l();
}

/** fateOf returns why the offer that rang before a frame is gone after it, if the person did not decide (OFR-11). */
export function fateOf(frame: Frame, before: Live, after: Live): "left" | "withdrawn" | null {
  const rang = offerOf(before);
  if (!rang || offerOf(after)?.offer?.id === rang.offer?.id) return null;
  const end = frame.events.find(
    (e) => e.type === "offer_ended" && (e.interaction?.id === rang.id || e.gone === rang.id),
  );
  if (end?.how === "abandoned") return "left";
  if (end?.how === "withdrawn") return "withdrawn";
  return null;
}

/** useLost is why the last offer vanished, for as long as that is worth saying. */
export function useLost() {
  return useSyncExternalStore(listen, () => lost);
}

/** useAnswer is the offer that rings here, and the two answers to it, wherever they are given. */
export function useAnswer() {
  const { t } = useTranslation();
  const go = useGo();
  const offer = useLive(offerOf);
  const me = useLive((l) => l.me);
  const now = useSyncExternalStore(listen, () => answer);
  const id = offer?.offer?.id ?? "";
  const mine = now.id === id;

  const attempt = id.slice(id.lastIndexOf(".") + 1);
  async function decide(what: Decision, door: string, body?: object): Promise<void> {
    if (!offer || (answer.id === id && answer.what)) return;
    setAnswer({ id, what, coding: false });
    const pop = what === "accepting" ? popOf(offer) : null;
    const tab = pop?.url ? openTab() : null;
    try {
      await api.put(`/api/interactions/${offer.id}/offers/${attempt}/${door}`, body ?? {});
      if (pop) void tab?.lead(pop.url).then((seen) => seen && markShown(offer.id, pop.connection));
      if (pop?.old) void popLate(offer.id).catch(() => undefined); // its link waits beside the conversation
      if (what === "accepting") go(`/agent/i/${offer.id}`);
    } catch (error) {
      tab?.close();
      const code = error instanceof ApiError ? error.code : "internal";
      if (code === "offer_expired") setLost({ key: "lost" });
      else if (code === "customer_left") setLost({ key: "left" });
      else setLost({ key: "lost", text: problemText(t, error) });
    } finally {
      if (answer.id === id) setAnswer({ id: "", what: "", coding: false });
    }
  }
  const codes = codesFor(me.status_codes, "reject");
  const mayReject = offer?.offer?.may_reject ?? false;
  return {
    offer,
    what: mine ? now.what : ("" as Decision),
    accept: () => void decide("accepting", "acceptance"),
    reject: () => {
      if (!mayReject) return sayNow(t("error.reject_not_permitted"));
      if (codes.length > 0) return setAnswer({ id, what: "", coding: true });
      void decide("rejecting", "rejection");
    },
    /** The reasons to choose from, once rejecting asks for one (OFR-05). */
    codes: mine && now.coding ? codes : [],
    rejectFor: (code: string) => void decide("rejecting", "rejection", { code }),
    stopCoding: () => setAnswer({ id: "", what: "", coding: false }),
  };
}

/** useOffer is the offer of the card: its answers, its keys, and what is said of it. */
export function useOffer() {
  const { t } = useTranslation();
  const answers = useAnswer();
  const [shownAt, setShownAt] = useState({ id: "", at: 0 });
  const id = answers.offer?.offer?.id ?? "";
  if (id !== shownAt.id) setShownAt({ id, at: performance.now() });

  useEffect(() => {
    const stop = floor.watch((frame, before, after) => {
      const fate = fateOf(frame, before, after);
      if (!fate) return;
      setLost({ key: fate });
      saySoon(t(`agent.offer.${fate}`));
    });
    return () => {
      stop();
    };
  }, [t]);
  useEffect(() => {
    if (id) setLost(null);
  }, [id]);
  const spoken = useSpoken();
  useEffect(() => {
    if (id) sayNow(spoken.current());
  }, [id, spoken]);
  return {
    ...answers,
    /** byKey guards a shortcut against the first moments of a card. */
    byKey: (run: () => void) => () => {
      if (performance.now() - shownAt.at >= guard) run();
    },
  };
}

/** waited is a wait in words' parts; none is below zero, though our clock runs behind the server's. */
export function waited(ms: number): { minutes: number; seconds: number } {
  const all = Math.max(0, Math.floor(ms / 1000));
  return { minutes: Math.floor(all / 60), seconds: all % 60 };
}

/** useSpoken returns what a screen reader says about the offer that rings now. */
function useSpoken() {
  const { t } = useTranslation();
  const [ref] = useState<{ current: () => string }>({ current: () => "" });
  ref.current = () => {
    const live = floor.get().live;
    const i = live && offerOf(live);
    if (!i?.offer) return "";
    return t("agent.offer.spoken", {
      channel: t(`incoming.${i.channel}`),
      name: i.customer.name,
      queue: i.queue.name,
      ...waited(floor.now() - i.entry_at),
      left: Math.max(0, Math.round((i.offer.until - floor.now()) / 1000)),
      by: workingKeys("accept")
        .map((key) => t("agent.offer.byKey", { key: showKeys(key) }))
        .join(""),
    });
  };
  return ref;
}
