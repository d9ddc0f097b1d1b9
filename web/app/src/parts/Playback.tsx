import type { Message, Note } from "@parley/protocol";
import { Fragment, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { dayOf, timeOfDay } from "../i18n/format";
import { Icon } from "../ui/Icon";
import { authorOf, automatic, reasonText } from "./message/content";
import { MessageBody } from "./message/MessageBody";
import styles from "./Playback.module.css";
import { systemText } from "./systemText";

interface PlaybackProps {
  messages: readonly Message[];
  notes: readonly Note[];
  /** The customer's name, for their lines. */
  customer: string;
  /** Lines arrive while one looks. */
  live?: boolean;
  /** The number of a message to begin with: the one that a search found. */
  at?: number;
}

type Line = { at: number; key: string; message?: Message; note?: Note };

/** Playback shows what was said, whole and in order, with the notes in their place. Nothing can be written here. */
export function Playback({ messages, notes, customer, live, at }: PlaybackProps) {
  const { t } = useTranslation();
  const lines: Line[] = [
    ...messages.map((message): Line => ({ at: message.at, key: message.id, message })),
    ...notes.map((note): Line => ({ at: note.at, key: note.id, note })),
  ].sort((a, b) => a.at - b.at || (a.message?.seq ?? 0) - (b.message?.seq ?? 0));
  if (lines.length === 0) return <p className={styles.none}>{t("message.empty")}</p>;
  const said = new Map(messages.map((m) => [m.id, m]));
  let day = "";
  return (
    <div className={styles.talk} {...(live ? { role: "log", "aria-label": t("editor.transcript") } : {})}>
      {lines.map((line) => {
        const today = dayOf(line.at);
        const first = today !== day;
        day = today;
        return (
          <Fragment key={line.key}>
            {first && <p className={styles.day}>{today}</p>}
            {line.note ? (
              <NoteLine note={line.note} />
            ) : (
              <MessageLine
                message={line.message!}
                customer={customer}
                said={said}
                found={line.message!.seq === at}
              />
            )}
          </Fragment>
        );
      })}
    </div>
  );
}

interface MessageLineProps {
  message: Message;
  customer: string;
  said: Map<string, Message>;
  found: boolean;
}

function MessageLine({ message, customer, said, found }: MessageLineProps) {
  const { t } = useTranslation();
  const line = useRef<HTMLElement>(null);
  useEffect(() => {
    if (found) line.current?.scrollIntoView({ block: "center" });
  }, [found]);
  const auto = automatic(message);
  if (message.sender === "system" && !auto) {
    return (
      <p className={styles.system}>
        {systemText(t, message)} <time>{timeOfDay(message.at)}</time>
      </p>
    );
  }
  const named = (m: Message) => authorOf(t, m, customer);
  const quoted = said.get(message.content?.reply_to ?? "");
  const d = message.delivery;
  return (
    <article
      ref={line}
      className={styles.line}
      data-sender={auto ? "agent" : message.sender}
      aria-current={found || undefined}
    >
      <header className={styles.who}>
        <b>{named(message)}</b> <time>{timeOfDay(message.at)}</time>
        {d && <span>{t(`talk.state.${d.state}`)}</span>}
      </header>
      <MessageBody
        message={message}
        who={named(message)}
        quoted={quoted && { message: quoted, who: named(quoted) }}
      />
      {d?.state === "failed" && <p className={styles.trouble}>{reasonText(t, d.code)}</p>}
    </article>
  );
}

function NoteLine({ note }: { note: Note }) {
  const { t } = useTranslation();
  return (
    <article className={styles.line} data-sender="note">
      <header className={styles.who}>
        <Icon name="note" size={14} /> <b>{note.agent?.display_name ?? t("editor.agent")}</b>{" "}
        {t("note.label")} <time>{timeOfDay(note.at)}</time>
      </header>
      <p className={styles.text} dir="auto">
        {note.text}
      </p>
    </article>
  );
}
