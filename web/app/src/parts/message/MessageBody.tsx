import type { Message } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { dateTime, timeOfDay } from "../../i18n/format";
import { Icon } from "../../ui/Icon";
import { Rich } from "../Rich";
import { Cards } from "./Cards";
import { noteText, previewOf, reacted, reasonText, shownText, straight, unshown } from "./content";
import css from "./content.module.css";
import { Files } from "./Files";

interface MessageBodyProps {
  message: Message;
  /** Who wrote it, for those who cannot see its pictures. */
  who: string;
  /** What it answers, if that is on the page. */
  quoted?: { message: Message; who: string } | undefined;
  onQuoted?: (id: string) => void;
}

/** MessageBody is what a message says and carries, of whatever kind (CNV-07, SMS-05). */
export function MessageBody({ message: m, who, quoted, onQuoted }: MessageBodyProps) {
  const { t } = useTranslation();
  const c = m.content;
  if (c?.revoked_at) return <Revoked message={m} at={c.revoked_at} />;
  const text = shownText(t, m);
  const note = c?.note && c.note !== "auto_reply" ? c.note : "";
  return (
    <>
      {c?.sent_at && (
        <p className={css.small}>
          <Icon name="clock" size={14} />
          {t("talk.late", { when: dateTime(c.sent_at) })}
        </p>
      )}
      {c?.forwarded && (
        <p className={css.small}>{t(c.forwarded_often ? "talk.forwardedOften" : "talk.forwarded")}</p>
      )}
      {c?.reply_to && <Quote quoted={quoted} onQuoted={onQuoted} />}
      {c?.files && c.files.length > 0 && <Files files={c.files} who={who} />}
      {c && <Cards content={c} />}
      {(c?.kind === "placeholder" || note) && (
        <p className={css.small}>
          <Icon name="shield" size={14} />
          {noteText(t, note)}
        </p>
      )}
      {c?.blocks && text && <Rich blocks={c.blocks} />}
      {text && !c?.blocks && (
        <p className={css.text} dir="auto">
          {c?.choice && <Icon name="check" size={14} />}
          {text}
        </p>
      )}
      {c?.options && c.options.length > 0 && (
        <ul className={css.options} aria-label={t("talk.options")}>
          {c.options.map((o) => (
            <li key={o.id}>{o.title}</li>
          ))}
        </ul>
      )}
      {c?.edited && m.text !== c.edited && (
        <details className={css.before}>
          <summary>{t("talk.edited", { time: timeOfDay(c.edited_at ?? m.at) })}</summary>
          <p dir="auto">{straight(m.text)}</p>
        </details>
      )}
      <Reactions message={m} />
    </>
  );
}

/** Revoked is a message its sender took back; its words are kept for those who may see them. */
function Revoked({ message: m, at }: { message: Message; at: number }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={css.small}>
        <Icon name="trash" size={14} />
        {t("talk.revokedAt", { time: timeOfDay(at) })}
      </p>
      {m.text && (
        <details className={css.before}>
          <summary>{t("talk.kept")}</summary>
          <p dir="auto">{straight(m.content?.edited || m.text)}</p>
        </details>
      )}
    </>
  );
}

function Quote({ quoted, onQuoted }: Pick<MessageBodyProps, "quoted" | "onQuoted">) {
  const { t } = useTranslation();
  if (!quoted) return <p className={css.quote}>{t("talk.answersEarlier")}</p>;
  const inside = (
    <>
      <b>{quoted.who}</b>
      <span dir="auto">{previewOf(t, quoted.message)}</span>
    </>
  );
  if (!onQuoted) return <p className={css.quote}>{inside}</p>;
  return (
    <button
      type="button"
      className={css.quote}
      title={t("talk.answers", { name: quoted.who })}
      onClick={() => onQuoted(quoted.message.id)}
    >
      {inside}
    </button>
  );
}

function Reactions({ message }: { message: Message }) {
  const { t } = useTranslation();
  const all = reacted(message.content);
  const failed = unshown(message.content);
  return (
    <>
      {all.length > 0 && (
        <ul className={css.reactions} aria-label={t("talk.reactions")}>
          {all.map(({ emoji, count }) => (
            <li key={emoji}>
              {emoji}
              {count > 1 && <span> {count}</span>}
            </li>
          ))}
        </ul>
      )}
      {failed && (
        <p className={css.unshown}>
          <Icon name="square" size={14} />
          {t("talk.react.unshown", { emoji: failed.emoji })} {reasonText(t, failed.failed)}
        </p>
      )}
    </>
  );
}
