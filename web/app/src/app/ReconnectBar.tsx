import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../i18n/format";
import { floor, useFloor } from "../live/floor";
import { sayNow } from "../parts/announce";
import { useNow } from "../parts/useNow";
import { Button } from "../ui/Button";
import { toast } from "../ui/toast";
import css from "./ReconnectBar.module.css";

/** How long a lost link shows nothing, and after how long offers go elsewhere. Source: RES-01, UX-45. */
const quiet = 2_000;
const offerGrace = 20_000;
/** How long the replay may take before the news is told. Unit: milliseconds. */
const settle = 500;

/** ReconnectBar says that the link is lost, what that means, and that it is back. */
export function ReconnectBar() {
  const { t } = useTranslation();
  const link = useFloor((w) => w.link);
  const grace = useFloor((w) => w.live?.agents[w.live.me.id]?.grace_until ?? 0);
  const now = useNow(Date.now);
  const lost = link.state === "retrying" && now - link.downSince > quiet;
  const said = useRef(false);
  useWake();
  useNews();
  useEffect(() => {
    if (lost && !said.current) sayNow(t("net.reconnecting"));
    said.current = lost;
  }, [lost, t]);
  if (!lost) return null;
  const offline = now - link.downSince > offerGrace;
  return (
    <section className={css.bar} data-offline={offline || undefined} aria-label={t("net.reconnecting")}>
      <span>{offline ? t("net.offline") : t("net.reconnecting")}</span>
      {grace > now && <span>{t("net.kept", { time: timeOfDay(grace) })}</span>}
      <Button size="xs" look="plain" onClick={floor.wake}>
        {t("net.retry")}
      </Button>
    </section>
  );
}

/**
 * useWake tries again at once when the network returns or the tab is looked at, and takes the browser's word
 * that it has gone: a connection cut without a word would else seem alive for most of a minute.
 */
function useWake() {
  useEffect(() => {
    const seen = () => document.visibilityState === "visible" && floor.wake();
    addEventListener("online", floor.wake);
    addEventListener("offline", floor.lose);
    document.addEventListener("visibilitychange", seen);
    return () => {
      removeEventListener("online", floor.wake);
      removeEventListener("offline", floor.lose);
      document.removeEventListener("visibilitychange", seen);
    };
  }, []);
}

/** useNews tells, once back, how many messages came meanwhile. */
function useNews() {
  const { t } = useTranslation();
  const link = useFloor((w) => w.link);
  const gap = useFloor((w) => w.gap);
  const told = useRef(0);
  useEffect(() => {
    if (link.state !== "up" || !gap || gap.until === told.current) return;
    const timer = setTimeout(() => {
      told.current = gap.until;
      toast(gap.messages > 0 ? t("net.back", { count: gap.messages }) : t("net.online"), "good");
    }, settle);
    return () => clearTimeout(timer);
  }, [link.state, gap, t]);
}
