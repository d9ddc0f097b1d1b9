import type { Message, Note } from "@parley/protocol";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { dayOf, timeOfDay } from "../i18n/format";
import { Icon } from "../ui/Icon";
import styles from "./Playback.module.css";

interface PlaybackProps {
  messages: readonly Message[];
  notes: readonly Note[];
  /** The customer's name, for their lines. */
  customer: string;
  /** Lines arrive while one looks. */
  live?: boolean;
}

type Line = { at: number; key: string; message?: Message; note?: Note };

/** Playback shows what was said, whole and in order, with the notes in their place. Nothing can be written here. */
export function Playback({ messages, notes, customer, live }: PlaybackProps) {
  const { t } = useTranslation();
  const lines: Line[] = [
    ...messages.map((message): Line => ({ at: message.at, key: message.id, message })),
    ...notes.map((note): Line => ({ at: note.at, key: note.id, note })),
  ].sort((a, b) => a.at - b.at || (a.message?.seq ?? 0) - (b.message?.seq ?? 0));
  if (lines.length === 0) return <p className={styles.none}>{t("message.empty")}</p>;
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
              <MessageLine message={line.message!} customer={customer} />
            )}
          </Fragment>
        );
      })}
    </div>
  );
}

function MessageLine({ message, customer }: { message: Message; customer: string }) {
  const { t } = useTranslation();
  if (message.sender === "system") {
    const said = t(`system.${message.text}` as "system.agent_joined", {
      name: message.agent?.display_name ?? "",
    });
    return (
      <p className={styles.system}>
        {said} <time>{timeOfDay(message.at)}</time>
      </p>
    );
  }
  const who = message.sender === "agent" ? (message.agent?.display_name ?? t("editor.agent")) : customer;
  return (
    <article className={styles.line} data-sender={message.sender}>
      <header className={styles.who}>
        <b>{who}</b> <time>{timeOfDay(message.at)}</time>
      </header>
      <p className={styles.text} dir="auto">
        {message.text}
      </p>
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
