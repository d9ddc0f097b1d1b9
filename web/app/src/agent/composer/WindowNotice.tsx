import type { Composer } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { ago, dateTime, span } from "../../i18n/format";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import type { Window } from "./compose";
import css from "./WindowNotice.module.css";

/** WindowChip counts down the time in which the customer may be answered freely (WAP-05). */
export function WindowChip({ window: w }: { window: Window }) {
  const { t } = useTranslation();
  if (w.kind !== "open") return null;
  return (
    <span className={css.chip} data-soon={w.soon || undefined} title={t("agent.window.title")}>
      <Icon name="clock" size={14} />
      <time>{t("agent.window.left", { d: span(w.left) })}</time>
    </span>
  );
}

/** Notices says what one should know before writing there; the composer stays open. */
export function Notices({ window: w, facts }: { window: Window; facts: Composer | null }) {
  const { t } = useTranslation();
  return (
    <>
      {facts?.paused && (
        <p className={css.notice}>
          <Icon name="triangle" size={15} />
          {t(`agent.paused.${facts.paused}`)}
        </p>
      )}
      {w.kind === "human" && (
        <p className={css.notice}>
          <Icon name="clock" size={15} />
          {t("agent.window.human", { until: dateTime(w.until) })}
        </p>
      )}
    </>
  );
}

interface LockedProps {
  facts: Composer;
  /** Nobody answers a group. */
  group: boolean;
  window: Window;
  now: number;
  onTemplate: () => void;
}

/** Locked stands where the field was: the customer cannot be written to freely, and what can be done instead (WAP-05, SMS-09). */
export function Locked({ facts, group, window: w, now, onTemplate }: LockedProps) {
  const { t } = useTranslation();
  const out = facts.opted_out;
  if (group) {
    return (
      <div className={css.locked} role="status">
        <b>{t("talk.note.group")}</b>
      </div>
    );
  }
  return (
    <div className={css.locked} role="status">
      <p>
        <Icon name={out ? "stop" : "clock"} size={16} />
        <b>
          {out
            ? t("agent.window.optedOut")
            : t("agent.window.shut", { ago: ago(w.kind === "shut" ? w.since : now, now) })}
        </b>
      </p>
      {!out && facts.templates ? (
        <Button look="main" icon={<Icon name="note" size={16} />} onClick={onTemplate}>
          {t("agent.template.choose")}
        </Button>
      ) : (
        <p>{t(out ? "agent.window.optedOutText" : "agent.window.noTemplates")}</p>
      )}
    </div>
  );
}

/** isLocked tells whether nothing can be typed to the customer now. */
export function isLocked(facts: Composer | null, w: Window): boolean {
  return facts !== null && (facts.opted_out || w.kind === "shut");
}
