import type { DeliveryState, Message } from "@parley/protocol";
import { memo, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../i18n/format";
import { authorOf, automatic } from "../parts/message/content";
import { MessageBody } from "../parts/message/MessageBody";
import { systemText } from "../parts/systemText";
import { Icon } from "../ui/Icon";
import { Delivery } from "./later";
import css from "./MessageList.module.css";
import { ReactButton } from "./react/ReactButton";
import { useTalkActs } from "./TalkActs";
import { Ticks } from "./Ticks";

/** stuck reports whether a message did not go out as it should: there is something to say of it. */
const stuck = ({ state, code }: NonNullable<Message["delivery"]>) =>
  state === "failed" || state === "unconfirmed" || (state === "pending" && Boolean(code));

interface MessageLineProps {
  message: Message;
  customer: string;
  myId: string;
  state: DeliveryState;
  /** What it answers, if that is on the page. */
  quoted: Message | undefined;
  onQuoted: (id: string) => void;
  /** How long the customer had waited, beside the line that says who came. */
  waited: string;
}

/** MessageLine is one message of the customer, an agent or the system. */
export const MessageLine = memo(function MessageLine(p: MessageLineProps) {
  const { t } = useTranslation();
  const acts = useTalkActs();
  const { message: m } = p;
  const auto = automatic(m);
  if (m.sender === "system" && !auto) {
    return (
      <p className={css.system}>
        {systemText(t, m)} · {timeOfDay(m.at)}
        {p.waited && ` · ${p.waited}`}
      </p>
    );
  }
  const named = (one: Message) =>
    one.agent?.id === p.myId ? t("message.you") : authorOf(t, one, p.customer);
  const name = named(m);
  const ours = m.sender !== "customer";
  const reply = acts?.reply;
  return (
    <article
      className={css.message}
      data-sender={ours ? "agent" : "customer"}
      data-seq={m.seq}
      data-id={m.id}
      data-delivery={m.delivery?.state}
      tabIndex={-1}
      aria-label={t("message.at", { name, time: timeOfDay(m.at) })}
    >
      {ours && m.agent?.id !== p.myId && <p className={css.author}>{name}</p>}
      <MessageBody
        message={m}
        who={name}
        quoted={p.quoted && { message: p.quoted, who: named(p.quoted) }}
        onQuoted={p.onQuoted}
      />
      <p className={css.meta}>
        <ReactButton message={m} />
        {reply && !m.content?.revoked_at && m.delivery?.state !== "failed" && (
          <button type="button" className={css.reply} aria-label={t("talk.reply")} onClick={() => reply(m)}>
            <Icon name="reply" size={14} />
            {t("agent.composer.reply")}
          </button>
        )}
        {(m.delivery?.parts ?? 0) > 1 && <span>{t("talk.parts", { count: m.delivery!.parts })}</span>}
        <time>{timeOfDay(m.at)}</time>
        {(m.sender === "agent" || m.delivery) && <Ticks state={p.state} />}
      </p>
      {m.delivery && stuck(m.delivery) && (
        <Suspense>
          <Delivery message={m} />
        </Suspense>
      )}
    </article>
  );
});
