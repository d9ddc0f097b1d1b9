import type { Agent } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { clock } from "../../i18n/format";
import { useStatusActs } from "../../parts/status";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import css from "./BreakView.module.css";
import { HealthStrip } from "./HealthStrip";

const reasons = [
  "rejected",
  "offer_timeout",
  "login",
  "connection_lost",
  "wrapup_expired",
  "auto_return",
] as const;

/** BreakView covers the work while an agent is on break: the time, the reason, and the way back (PRE-02, PRE-12). */
export function BreakView({ self, now }: { self: Agent; now: number }) {
  const { t } = useTranslation();
  const acts = useStatusActs();
  const known = reasons.find((r) => r === self.reason);
  const said =
    self.reason === "supervisor" && self.by_name
      ? t("status.reason.supervisor", { name: self.by_name })
      : known && t(`status.reason.${known}`);
  return (
    <div className={css.view}>
      <span className={css.icon}>
        <Icon name="cup" size={30} />
      </span>
      <h1>{self.code_name || t("status.on_break")}</h1>
      <time className={css.time}>{clock(now - self.since_at)}</time>
      {said && <p className={css.reason}>{said}</p>}
      {self.return_at > now && (
        <p className={css.reason}>{t("status.returnAt", { d: clock(self.return_at - now) })}</p>
      )}
      <div className={css.acts}>
        <Button look="main" size="md" busy={acts.busy} onClick={() => acts.choose("available")}>
          {t("status.action.ready")}
        </Button>
        <Button size="md" onClick={() => acts.choose("work_offline")}>
          {t("status.action.work_offline")}
        </Button>
      </div>
      <HealthStrip />
    </div>
  );
}
