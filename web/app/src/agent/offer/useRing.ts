import type { Interaction } from "@parley/protocol";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { showPanel } from "../../panel/framework";
import { useActions } from "../../parts/actions";
import { preferences } from "../../parts/preferences";
import plainIcon from "../../ui/icon.svg";
import alertIcon from "../../ui/icon-alert.svg";
import { title as named } from "../../ui/title";
import { ring } from "./sound";

/** How often the ring repeats until a decision. Unit: milliseconds. */
const every = 4_000;
/** How long the tab's icon is red, and then plain. Unit: milliseconds. */
const half = 500;

/** useRing rings in one tab, and marks title, icon and desktop in all, while an offer is open. */
export function useRing(offer: Interaction | null) {
  const { t } = useTranslation();
  const [muted, setMuted] = useState("");
  const id = offer?.offer?.id ?? "";
  const quiet = muted === id;
  const title = offer ? `${t(`incoming.${offer.channel}`)} - ${offer.queue.name}` : "";
  const name = offer?.customer.name ?? "";
  const words = offer?.last?.text || offer?.visitor.question || "";

  useEffect(() => {
    if (!id || quiet) return;
    void showPanel();
    return ringAlone(id);
  }, [id, quiet]);
  useEffect(() => {
    if (!id) return;
    return mark(title);
  }, [id, title]);
  useEffect(() => {
    if (!id) return;
    return blink(!quiet);
  }, [id, quiet]);
  useEffect(() => {
    if (!id || document.visibilityState === "visible") return;
    return notify(id, title, words ? `${name}: ${words}` : name);
  }, [id, title, name, words]);
  useActions([id !== "" && !quiet && { id: "mute", label: t("agent.offer.mute"), run: () => setMuted(id) }]);
  return { quiet, mute: () => setMuted(id) };
}

/** ringAlone rings in whichever tab holds the lock of this offer. */
function ringAlone(id: string): () => void {
  let cut: () => void = () => undefined;
  let timer: ReturnType<typeof setInterval> | undefined;
  let release: () => void = () => undefined;
  const over = new Promise<void>((done) => {
    release = done;
  });
  const start = () => {
    cut = ring();
    timer = setInterval(() => {
      cut = ring();
    }, every);
    return over;
  };
  const stop = new AbortController();
  if (navigator.locks) {
    navigator.locks.request(`parley-ring-${id}`, { signal: stop.signal }, start).catch(() => undefined);
  } else void start();
  return () => {
    stop.abort();
    clearInterval(timer);
    cut();
    release();
  };
}

/**
 * blink shows the tab's icon in red, on and off once a second until there is an answer; where the
 * ring was stopped, or motion is not wanted, it stays on. Source: OFR-01, WCAG 2.2.2.
 */
export function blink(moving: boolean): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return () => undefined;
  let red = true;
  link.href = alertIcon;
  const still = !moving || matchMedia("(prefers-reduced-motion: reduce)").matches;
  const timer = setInterval(() => {
    red = still || !red;
    link.href = red ? alertIcon : plainIcon;
  }, half);
  return () => {
    clearInterval(timer);
    link.href = plainIcon;
  };
}

/** mark puts the offer into the tab's title and badge. */
function mark(title: string): () => void {
  const quiet = named("news", title);
  const badge = navigator as Navigator & {
    setAppBadge?: (n: number) => Promise<void>;
    clearAppBadge?: () => Promise<void>;
  };
  void badge.setAppBadge?.(1).catch(() => undefined);
  return () => {
    quiet();
    void badge.clearAppBadge?.().catch(() => undefined);
  };
}

/** notify shows one desktop notification per offer, however many tabs there are. */
function notify(tag: string, title: string, body: string): () => void {
  if (!preferences().notify || !("Notification" in globalThis) || Notification.permission !== "granted") {
    return () => undefined;
  }
  const said = preferences().notifyWords ? { body } : {};
  try {
    const n = new Notification(title, { ...said, tag, requireInteraction: true });
    n.onclick = () => {
      focus();
      document.querySelector<HTMLElement>(`[data-offer="${CSS.escape(tag)}"]`)?.focus();
      n.close();
    };
    return () => n.close();
  } catch {
    return () => undefined; // Chrome on Android permits them, and then throws (UX-77)
  }
}
