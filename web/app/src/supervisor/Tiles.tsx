import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { clock, number } from "../i18n/format";
import type { AgentFilter, Filter, Totals } from "./board";
import styles from "./Live.module.css";

interface TilesProps {
  totals: Totals;
  now: number;
  to: (filter: Partial<Filter & { agents: AgentFilter }>) => string;
}

/** Tiles are the numbers a supervisor looks at first; each opens its list. */
export function Tiles({ totals, now, to }: TilesProps) {
  const { t } = useTranslation();
  const tiles = [
    {
      key: "waiting",
      value: number(totals.waiting),
      href: to({ stage: "queued" }),
      alert: totals.waiting > 0 && totals.free === 0,
    },
    {
      key: "longest",
      value: totals.longest_at > 0 ? clock(now - totals.longest_at) : t("supervisor.none"),
      href: to({ stage: "queued" }),
    },
    { key: "active", value: number(totals.active), href: to({ stage: "active" }) },
    {
      key: "free",
      value: t("supervisor.of", { n: number(totals.free), of: number(totals.signed_in) }),
      href: to({ agents: "free" }),
      alert: totals.free === 0 && totals.waiting > 0,
    },
    {
      key: "sla",
      value: totals.sla_pct < 0 ? t("supervisor.none") : t("supervisor.percent", { n: totals.sla_pct }),
      href: "/agent/interactions?since=today",
    },
    {
      key: "abandoned",
      value: number(totals.abandoned),
      href: "/agent/interactions?state=abandoned&since=today",
    },
  ] as const;
  return (
    <ul className={styles.tiles} aria-label={t("supervisor.tiles")}>
      {tiles.map((tile) => (
        <li key={tile.key}>
          <Link
            href={tile.href}
            className={styles.tile}
            data-alert={"alert" in tile && tile.alert ? "" : undefined}
          >
            <span className={styles.tileValue}>{tile.value}</span>
            <span className={styles.tileName}>{t(`supervisor.tile.${tile.key}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
