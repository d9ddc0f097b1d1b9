import type { Agent } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { useStatusActs } from "../../parts/status";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import css from "./OfferNotice.module.css";
import { useLost } from "./useOffer";

/** noticeFor says why the system changed this person's status after an offer, while it holds (PRE-09, PRE-10). */
export function noticeFor(self: Agent) {
  if (self.reason !== "offer_timeout" && self.reason !== "rejected") return null;
  const word = self.reason === "rejected" ? "rejected" : "missed";
  if (self.sub === "stopnew") return `${word}Busy` as const;
  if (self.base === "work_offline") return `${word}Offline` as const;
  return self.base === "on_break" ? word : null;
}

/** OfferNotice tells what became of an offer, and offers the way back in one act. */
export function OfferNotice({ self }: { self: Agent | undefined }) {
  const { t } = useTranslation();
  const lost = useLost();
  const acts = useStatusActs();
  const kind = self && noticeFor(self);
  return (
    <>
      {lost && (
        <p className={css.lost} role="status">
          <Icon name="clock" size={16} />
          {lost.text ?? t(`agent.offer.${lost.key}`)}
        </p>
      )}
      {kind && (
        <div className={css.missed} role="status">
          <p>{t(`agent.offer.${kind}`)}</p>
          {self.sub === "stopnew" ? (
            <Button size="xs" look="main" onClick={acts.resume}>
              {t("status.action.resume")}
            </Button>
          ) : (
            <Button size="xs" look="main" onClick={() => acts.choose("available")}>
              {t("agent.offer.back")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
