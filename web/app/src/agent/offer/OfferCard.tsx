import type { Interaction } from "@parley/protocol";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { T } from "../../i18n";
import { clock } from "../../i18n/format";
import { useFloor } from "../../live/floor";
import { saySoon } from "../../parts/announce";
import { ChannelIcon } from "../../parts/ChannelIcon";
import { Key } from "../../parts/Key";
import { previewOf } from "../../parts/message/content";
import { Button } from "../../ui/Button";
import { CountdownRing } from "../../ui/CountdownRing";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { CrmLine } from "../crm/CrmLine";
import { byNetwork, handleOf } from "../desk";
import css from "./OfferCard.module.css";
import type { Decision } from "./useOffer";

interface OfferCardProps {
  interaction: Interaction;
  /** The server's time. Unit: Unix milliseconds. */
  now: number;
  what: Decision;
  quiet: boolean;
  console: boolean;
  onAccept: () => void;
  onReject: () => void;
  onPreview: () => void;
  onMute: () => void;
}

/** OfferCard presents one interaction to accept or, where permitted, to reject (OFR-01, OFR-02). */
export function OfferCard(p: OfferCardProps) {
  const { t } = useTranslation();
  const { interaction: i, now, what } = p;
  const offer = i.offer!;
  const left = Math.max(0, (offer.until - now) / 1000);
  const of = (offer.until - offer.made_at) / 1000;
  const first = useFloor((w) =>
    w.live?.messages[i.conversation_id]?.findLast((m) => m.sender === "customer"),
  );
  const words = (first && previewOf(t, first)) || i.last?.text || i.visitor.question;
  useLastCall(left, offer.id);
  return (
    <section
      className={css.card}
      aria-label={t(`incoming.${i.channel}`)}
      data-region="offer"
      data-offer={offer.id}
      tabIndex={-1}
    >
      <header className={css.head}>
        <h2 className={css.title}>{t(`incoming.${i.channel}`)}</h2>
        <IconButton
          label={p.quiet ? t("agent.offer.muted") : t("agent.offer.mute")}
          disabled={p.quiet}
          onClick={p.onMute}
        >
          <Icon name={p.quiet ? "mute" : "bell"} />
        </IconButton>
      </header>
      <div className={css.who}>
        <ChannelIcon channel={i.channel} />
        <div className={css.name}>
          <strong>{i.customer.name}</strong>
          {byNetwork(i) && handleOf(i) !== i.customer.name && <span dir="auto">{handleOf(i)}</span>}
          <span className={css.queue}>
            {i.queue.name} · <time>{clock(now - i.entry_at)}</time>
            <span className={css.hidden}>{t("agent.offer.waited", { d: clock(now - i.entry_at) })}</span>
          </span>
        </div>
      </div>
      {words && (
        <p className={css.words} dir="auto">
          <span>{words}</span>
        </p>
      )}
      <p className={css.match}>
        <Icon name={i.match.count === 0 ? "plus" : "user"} size={15} />
        {matchText(t, i)}
        {i.transfer.from && <span>{t("agent.offer.from", { name: i.transfer.from.display_name })}</span>}
      </p>
      <CrmLine interaction={i} />
      <Button size="xs" look="quiet" icon={<Icon name="eye" size={15} />} onClick={p.onPreview}>
        {t("agent.offer.preview")}
      </Button>
      <div className={css.acts}>
        <button type="button" className={css.accept} disabled={what !== ""} onClick={p.onAccept}>
          <CountdownRing left={left} of={of} />
          <span>{what === "accepting" ? t("agent.offer.accepting") : t(acceptWord(p.console))}</span>
          <Key of="accept" />
        </button>
        <button
          type="button"
          className={css.reject}
          disabled={what !== ""}
          aria-disabled={!offer.may_reject || undefined}
          aria-describedby={offer.may_reject ? undefined : "reject-why"}
          onClick={p.onReject}
        >
          <span>{t("agent.offer.reject")}</span>
          <Key of="reject" />
        </button>
      </div>
      {!offer.may_reject && (
        <p id="reject-why" className={css.why}>
          {t("error.reject_not_permitted")}
        </p>
      )}
    </section>
  );
}

/** acceptWord is what accepting is called: each surface has its own word (C11). */
export function acceptWord(console: boolean) {
  return console ? "agent.console.accept" : "agent.offer.accept";
}

function matchText(t: T, i: Interaction): string {
  if (i.match.count === 0) return t("agent.match.new");
  if (i.match.count === 1) return t("agent.match.known");
  return t("agent.match.many", { count: i.match.count });
}

/** useLastCall says once that ten seconds are left. */
function useLastCall(left: number, id: string) {
  const { t } = useTranslation();
  const said = useRef("");
  const late = left <= 10;
  useEffect(() => {
    if (!late || said.current === id) return;
    said.current = id;
    saySoon(t("agent.offer.lastCall"));
  }, [late, id, t]);
}
