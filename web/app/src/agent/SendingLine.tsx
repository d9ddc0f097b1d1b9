import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import type { Sending } from "../live/outbox";
import { Files } from "../parts/message/Files";
import { problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./MessageList.module.css";
import { Ticks } from "./Ticks";

interface SendingLineProps {
  sending: Sending;
  onRetry: (s: Sending) => void;
  onDrop: (s: Sending) => void;
}

/** SendingLine is a message or note on its way: being sent, waiting for the network, or refused (UX-13, UX-20). */
export function SendingLine({ sending: s, onRetry, onDrop }: SendingLineProps) {
  const { t } = useTranslation();
  const failed = s.state === "failed";
  return (
    <article
      className={s.conversation ? css.message : css.note}
      data-sender="agent"
      data-state={s.state}
      tabIndex={-1}
    >
      {s.beside?.files && s.beside.files.length > 0 && (
        <Files files={s.beside.files} who={t("message.you")} />
      )}
      {s.text && (
        <p className={css.text} dir="auto">
          {s.text}
        </p>
      )}
      <p className={css.meta} role={failed ? "alert" : undefined}>
        {s.state === "queued" && t("agent.send.queued")}
        {failed && (
          <span className={css.failed}>
            <Icon name="square" size={14} />
            {t("agent.send.failed")} {problemText(t, new ApiError({ status: 409, code: s.code }))}
          </span>
        )}
        {!failed && <Ticks state={s.state === "sent" ? "sent" : "pending"} />}
      </p>
      {failed && (
        <p className={css.retry}>
          <Button size="xs" onClick={() => onRetry(s)}>
            {t("agent.send.retry")}
          </Button>
          <Button size="xs" look="quiet" onClick={() => void navigator.clipboard?.writeText(s.text)}>
            {t("action.copy")}
          </Button>
          <Button size="xs" look="quiet" onClick={() => onDrop(s)}>
            {t("action.delete")}
          </Button>
        </p>
      )}
    </article>
  );
}
