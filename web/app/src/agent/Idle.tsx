import type { Agent, Gauges } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { clock, number } from "../i18n/format";
import { StatusBadge } from "../parts/StatusBadge";
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
        <h1>{t(lineFor(self, place), { n: place })}</h1>
        <p>{t(self.base === "available" ? "agent.idle.next" : "agent.idle.notNext")}</p>
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

function lineFor(self: Agent, place: number) {
  if (self.base === "work_offline") return "agent.idle.offline" as const;
  if (self.sub === "stopnew") return "agent.idle.stopped" as const;
  if (self.base !== "available") return "agent.idle.away" as const;
  return place > 0 ? ("agent.idle.line" as const) : ("agent.idle.available" as const);
}
