import type { DeliveryState, Interaction, Message } from "@parley/protocol";
import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { clock, dayOf, timeOfDay } from "../i18n/format";
import type { Sending } from "../live/outbox";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { waitedIn } from "./desk";
import type { Line } from "./lines";
import { MessageLine } from "./MessageLine";
import css from "./MessageList.module.css";
import { SendingLine } from "./SendingLine";

interface MessageListProps {
  interaction: Interaction;
  lines: Line[];
  typing: boolean;
  mayHaveOlder: boolean;
  onOlder: () => void;
  onRetry: (s: Sending) => void;
  onDrop: (s: Sending) => void;
  myId: string;
}

/** How near to the end one still counts as reading along. Unit: pixels. */
const nearEnd = 120;

/** MessageList is the conversation: it stays at the end while one reads along, and where one reads otherwise. */
export function MessageList(p: MessageListProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const kept = useRef({ height: 0, first: "", atEnd: true });
  const first = p.lines.find((l) => l.kind === "message")?.key ?? "";
  const said = useMemo(
    () => new Map(p.lines.flatMap((l) => (l.kind === "message" ? [[l.message.id, l.message] as const] : []))),
    [p.lines],
  );
  const show = useCallback((id: string) => {
    const line = box.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`);
    line?.scrollIntoView({ block: "center" });
    line?.focus();
  }, []);

  useLayoutEffect(() => {
    const e = box.current;
    if (!e) return;
    const k = kept.current;
    if (k.first && first !== k.first && !k.atEnd)
      e.scrollTop += e.scrollHeight - k.height; // older ones came above
    else if (k.atEnd) e.scrollTop = e.scrollHeight;
    kept.current = { ...k, height: e.scrollHeight, first };
  });

  function scrolled() {
    const e = box.current;
    if (!e) return;
    kept.current.atEnd = e.scrollHeight - e.scrollTop - e.clientHeight < nearEnd;
    if (e.scrollTop < 80 && p.mayHaveOlder) p.onOlder();
  }

  return (
    <div className={css.box} ref={box} onScroll={scrolled} onKeyDown={walk}>
      <div className={css.column} role="log" aria-label={t("message.list")} aria-live="polite">
        {p.mayHaveOlder && (
          <Button size="xs" look="quiet" onClick={p.onOlder}>
            {t("agent.conversation.older")}
          </Button>
        )}
        {p.lines.length === 0 && <p className={css.system}>{t("message.empty")}</p>}
        {p.lines.map((l) => (
          <LineView key={l.key} line={l} p={p} said={said} show={show} />
        ))}
      </div>
      <p className={css.typing} aria-hidden={!p.typing}>
        {p.typing && (
          <>
            <span className={css.dots} aria-hidden="true" />
            {t("agent.typing.who", { name: p.interaction.customer.name })}
          </>
        )}
      </p>
    </div>
  );
}

/** walk moves through the messages with the arrow keys. */
function walk(e: KeyboardEvent<HTMLElement>) {
  if (e.key !== "ArrowUp" && e.key !== "ArrowDown") return;
  const all = [...e.currentTarget.querySelectorAll<HTMLElement>("article")];
  const here = all.indexOf(document.activeElement as HTMLElement);
  const next = all[here < 0 ? all.length - 1 : here + (e.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  e.preventDefault();
  next.focus();
}

interface LineViewProps {
  line: Line;
  p: MessageListProps;
  said: Map<string, Message>;
  show: (id: string) => void;
}

function LineView({ line, p, said, show }: LineViewProps) {
  const { t } = useTranslation();
  const i = p.interaction;
  switch (line.kind) {
    case "day":
      return (
        <p className={css.day}>
          <span>{dayOf(line.at)}</span>
        </p>
      );
    case "gap":
      return (
        <p className={css.gap}>
          <span>{t("agent.conversation.newSince", { time: timeOfDay(line.at) })}</span>
        </p>
      );
    case "note":
      return (
        <article className={css.note} tabIndex={-1}>
          <p className={css.noteHead}>
            <Icon name="note" size={14} />
            {t("note.label")} · {line.note.agent?.display_name} · {timeOfDay(line.at)}
          </p>
          <p dir="auto">{line.note.text}</p>
        </article>
      );
    case "sending":
      return <SendingLine sending={line.sending} onRetry={p.onRetry} onDrop={p.onDrop} />;
    default:
      return (
        <MessageLine
          message={line.message}
          customer={i.customer.name}
          myId={p.myId}
          state={stateOf(i, line.message)}
          quoted={said.get(line.message.content?.reply_to ?? "")}
          onQuoted={show}
          waited={
            isJoining(i, line.message)
              ? t("agent.conversation.waited", { d: clock(waitedIn(i)), queue: i.queue.name })
              : ""
          }
        />
      );
  }
}

/** isJoining tells whether a line says that this interaction's agent came. */
function isJoining(i: Interaction, m: Message): boolean {
  return m.sender === "system" && m.text === "agent_joined" && m.interaction_id === i.id && i.accepted_at > 0;
}

/** stateOf says how far a message of ours has come (CNV-02). */
function stateOf(i: Interaction, m: Message): DeliveryState {
  if (m.delivery) return m.delivery.state;
  if (m.seq <= i.read_seq) return "read";
  return m.seq <= i.delivered_seq ? "delivered" : "sent";
}
