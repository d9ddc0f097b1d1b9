import { useTranslation } from "react-i18next";
import { clock } from "../../i18n/format";
import { ChannelIcon } from "../../parts/ChannelIcon";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import css from "./OfferRow.module.css";
import { useAnswer } from "./useOffer";

/** OfferRow is the offer in the list of what I hold: the second place to answer it (OFR-01, OFR-04). */
export function OfferRow({ now }: { now: number }) {
  const { t } = useTranslation();
  const { offer: i, what, accept, reject } = useAnswer();
  if (!i?.offer) return null;
  const { name } = i.customer;
  return (
    <div className={css.row} data-region="offer-row">
      <ChannelIcon channel={i.channel} />
      <span className={css.main}>
        <strong>{name}</strong>
        <span className={css.left}>
          {t("agent.offer.row", { d: clock(Math.max(0, i.offer.until - now)) })}
        </span>
      </span>
      <IconButton label={t("agent.offer.acceptOf", { name })} disabled={what !== ""} onClick={accept}>
        <Icon name="check" />
      </IconButton>
      {i.offer.may_reject && (
        <IconButton label={t("agent.offer.rejectOf", { name })} disabled={what !== ""} onClick={reject}>
          <Icon name="x" />
        </IconButton>
      )}
    </div>
  );
}
