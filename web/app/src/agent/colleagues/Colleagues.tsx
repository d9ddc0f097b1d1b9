import type { Colleague, Displayed } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { prefer, usePreferences } from "../../parts/preferences";
import { StatusBadge } from "../../parts/StatusBadge";
import { useTargets } from "../useRecords";
import css from "./Colleagues.module.css";

interface ColleaguesProps {
  console: boolean;
}

/** Colleagues shows who of my group is here, wherever they sit, and how they stand (F108). */
export function Colleagues({ console }: ColleaguesProps) {
  const { t } = useTranslation();
  const { colleagues: open } = usePreferences();
  const { data } = useTargets("", open);
  const here = hereOf(data?.agents ?? []);
  return (
    <details
      className={css.colleagues}
      open={open}
      onToggle={(e) => e.currentTarget.open !== open && prefer({ colleagues: e.currentTarget.open })}
    >
      <summary>
        {t("agent.colleagues.title")}
        {open && data && <span>{t("agent.colleagues.here", { count: here.length })}</span>}
      </summary>
      {data && here.length === 0 && <p>{t("agent.colleagues.none")}</p>}
      <ul>
        {here.map((c) => (
          <li key={c.id}>
            <span className={css.name}>{c.display_name}</span>
            <StatusBadge agent={{ sub: "none", conn: "up", ...c }} console={console} />
          </li>
        ))}
      </ul>
    </details>
  );
}

const order: Displayed[] = ["available", "offered", "busy", "post_processing", "on_break", "work_offline"];

/** hereOf leaves out who is logged out, and puts those first who can be asked something now, then by name. */
export function hereOf(colleagues: readonly Colleague[]): Colleague[] {
  return colleagues
    .filter((c) => c.displayed !== "logged_out")
    .sort(
      (a, b) =>
        order.indexOf(a.displayed) - order.indexOf(b.displayed) ||
        a.display_name.localeCompare(b.display_name),
    );
}
