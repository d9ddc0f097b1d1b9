import type { Agent, Me } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { useStatusActs } from "../parts/status";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./ControlPanel.module.css";

/** ControlPanel: Ready to work, how many places are taken, stop new and resume (PRE-02, CAP-04, CAP-05). */
export function ControlPanel({ me, self }: { me: Me; self: Agent }) {
  const { t } = useTranslation();
  const acts = useStatusActs();
  const away = self.base !== "available" && self.displayed !== "busy";
  const full = self.load >= self.capacity;
  return (
    <section className={css.panel} aria-label={t("agent.panel")}>
      {away && (
        <Button look="main" size="md" wide busy={acts.busy} onClick={() => acts.choose("available")}>
          {t("status.action.ready")}
        </Button>
      )}
      <div className={css.capacity}>
        <span>{t("agent.capacity")}</span>
        <meter
          min={0}
          max={self.capacity}
          value={self.load}
          aria-label={t("agent.capacity")}
          className={css.meter}
        />
        <strong className="tabular" data-full={full || undefined}>
          {t("status.load", { load: self.load, capacity: self.capacity })}
        </strong>
      </div>
      {self.sub === "stopnew" && (
        <Button wide icon={<Icon name="play" />} busy={acts.busy} onClick={acts.resume}>
          {t("status.action.resume")}
        </Button>
      )}
      {self.sub !== "stopnew" && self.displayed === "busy" && (
        <Button wide icon={<Icon name="stop" />} busy={acts.busy} onClick={acts.stopNew}>
          {t(me.labels_preset === "console" ? "status.console.stopNew" : "status.action.stopNew")}
        </Button>
      )}
      {self.next && <p className={css.next}>{t("agent.next", { status: t(`status.${self.next}`) })}</p>}
    </section>
  );
}
