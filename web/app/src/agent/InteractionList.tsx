import type { Interaction, Message } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import type { Live } from "../live/reduce";
import { automatic } from "../parts/message/content";
import { prefer, usePreferences } from "../parts/preferences";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { draftOf } from "./drafts";
import css from "./InteractionList.module.css";
import { InteractionRow } from "./InteractionRow";
import { OfferRow } from "./offer/OfferRow";
import { unread, useSeen } from "./seen";

interface InteractionListProps {
  rows: Interaction[];
  /** What I laid aside. */
  parked: Interaction[];
  messages: Live["messages"];
  typing: Record<string, { by: string; until_ms: number }>;
  selected: string | undefined;
  now: number;
  capacity: number;
  /** An offer to me rings. */
  ringing: boolean;
  /** My place in the line for the next offer; 0 = not known. */
  place: number;
}

/** InteractionList is everything I hold, in the order I chose (WSP-01). */
export function InteractionList(p: InteractionListProps) {
  const { t } = useTranslation();
  const { order } = usePreferences();
  const seen = useSeen();
  const none: Message[] = [];
  return (
    <section className={css.list} aria-labelledby="my-interactions" data-region="list">
      <header className={css.head}>
        <h2 id="my-interactions">
          {t("agent.list.title")}{" "}
          <span className="tabular">{t("status.load", { load: p.rows.length, capacity: p.capacity })}</span>
        </h2>
        {p.rows.length > 1 && (
          <IconButton
            label={t(order === "oldest" ? "agent.list.orderOldest" : "agent.list.orderWaiting")}
            onClick={() => prefer({ order: order === "oldest" ? "waiting" : "oldest" })}
          >
            <Icon name={order === "oldest" ? "history" : "clock"} />
          </IconButton>
        )}
      </header>
      {p.ringing && <OfferRow now={p.now} />}
      {p.rows.length === 0 && !p.ringing ? (
        <p className={css.none}>
          {t("agent.list.empty")} {p.place > 0 && t("agent.list.place", { n: p.place })}
        </p>
      ) : (
        <ul className={css.rows}>
          {p.rows.map((i) => {
            const other = p.typing[i.conversation_id];
            return (
              <li key={i.id}>
                <InteractionRow
                  interaction={i}
                  now={p.now}
                  selected={i.id === p.selected}
                  unread={
                    i.state === "active"
                      ? Math.min(
                          i.unanswered,
                          unread(p.messages[i.conversation_id] ?? none, seen[i.conversation_id] ?? 0),
                        )
                      : 0
                  }
                  typing={i.state === "active" && other?.by === "customer" && other.until_ms > Date.now()}
                  newest={newestOf(p.messages[i.conversation_id])}
                  draft={i.state === "active" && draftOf(i.id, i.draft) !== ""}
                />
              </li>
            );
          })}
        </ul>
      )}
      {p.parked.length > 0 && (
        <section aria-labelledby="my-parked">
          <header className={css.head}>
            <h2 id="my-parked">
              {t("talk.park.list")} <span className="tabular">{p.parked.length}</span>
            </h2>
          </header>
          <ul className={css.rows}>
            {p.parked.map((i) => (
              <li key={i.id}>
                <InteractionRow
                  interaction={i}
                  now={p.now}
                  selected={i.id === p.selected}
                  unread={0}
                  typing={false}
                  draft={draftOf(i.id, i.draft) !== ""}
                  newest={newestOf(p.messages[i.conversation_id])}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}

/** newestOf is the last thing people wrote. */
function newestOf(messages: Message[] | undefined): Message | undefined {
  return messages?.findLast((m) => m.sender !== "system" || automatic(m));
}
