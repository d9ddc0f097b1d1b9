import type { Message } from "@parley/protocol";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { timeOfDay } from "../i18n/format";
import { systemText } from "../parts/systemText";
import css from "./MessageList.module.css";
import { Ticks } from "./Ticks";

interface MessageLineProps {
  message: Message;
  customer: string;
  mine: boolean;
  state: "sent" | "delivered" | "read";
}

/** MessageLine is one message of the customer, an agent or the system. */
export const MessageLine = memo(function MessageLine({
  message: m,
  customer,
  mine,
  state,
}: MessageLineProps) {
  const { t } = useTranslation();
  if (m.sender === "system") {
    return (
      <p className={css.system}>
        {systemText(t, m)} · {timeOfDay(m.at)}
      </p>
    );
  }
  const name = m.sender === "customer" ? customer : mine ? t("message.you") : (m.agent?.display_name ?? "");
  return (
    <article
      className={css.message}
      data-sender={m.sender}
      data-seq={m.seq}
      tabIndex={-1}
      aria-label={t("message.at", { name, time: timeOfDay(m.at) })}
    >
      {m.sender === "agent" && !mine && <p className={css.author}>{name}</p>}
      <p className={css.text} dir="auto">
        {m.text}
      </p>
      <p className={css.meta}>
        <time>{timeOfDay(m.at)}</time>
        {m.sender === "agent" && <Ticks state={state} />}
      </p>
    </article>
  );
});
