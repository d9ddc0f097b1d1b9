import type { Agent, Gauges } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { clock, number } from "../../i18n/format";
import { StatusBadge } from "../../parts/StatusBadge";
import { HealthStrip } from "./HealthStrip";
import css from "./Idle.module.css";

interface IdleProps {
  self: Agent;
  gauges: Gauges | null;
  /** The queues I receive from. */
  mine: Set<string>;
  now: number;
}

/** Idle is what an agent sees with nothing open: where they stand and who waits. */
export function Idle({ self, gauges, mine, now }: IdleProps) {
  const { t } = useTranslation();
  const queues = (gauges?.queues ?? []).filter((q) => mine.has(q.id));
  const waiting = queues.reduce((n, q) => n + q.waiting, 0);
  const oldest = Math.min(...queues.map((q) => q.longest_at || Number.POSITIVE_INFINITY));
  const place = gauges?.my_place ?? 0;
  const facts: [string, string][] = [
    [t("agent.idle.waiting"), number(waiting)],
    [t("agent.idle.longest"), Number.isFinite(oldest) ? clock(now - oldest) : t("agent.idle.none")],
    [t("agent.idle.place"), place > 0 ? number(place) : t("agent.idle.none")],
    [t("agent.idle.handled"), number(gauges?.my_today.handled ?? 0)],
  ];
  return (
    <div className={css.idle}>
      <div className={css.lead}>
        <StatusBadge agent={self} />
        <h1>{t(lineFor(self, place), { n: place, count: self.active })}</h1>
        <p>{t(hintFor(self, mine.size))}</p>
      </div>
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
      <HealthStrip />
    </div>
  );
}

/** lineFor says where an agent stands, in one sentence. */
export function lineFor(self: Agent, place: number) {
  if (self.offered > 0) return "agent.idle.ringing";
  if (self.sub === "stopnew") return "agent.idle.stopped";
  if (self.displayed === "post_processing") return "agent.idle.wrapping";
  if (self.displayed === "busy") return "agent.idle.busy";
  if (self.base === "work_offline") return "agent.idle.offline";
  if (self.base !== "available") return "agent.idle.away";
  return place > 0 ? "agent.idle.line" : "agent.idle.available";
}

/** hintFor says what follows from it; `queues` is how many one receives from (QUE-02). */
export function hintFor(self: Agent, queues: number) {
  if (self.offered > 0) return "agent.idle.answer";
  if (self.displayed === "busy" || self.displayed === "post_processing") return "agent.idle.open";
  if (self.base !== "available") return "agent.idle.notNext";
  return queues > 0 ? "agent.idle.next" : "agent.idle.noQueue";
}
