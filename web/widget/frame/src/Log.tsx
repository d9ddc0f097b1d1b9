import type { Message } from "@parley/protocol/visitor";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useDesk } from "./desk";
import { Icon } from "./Icon";
import type { Pending } from "./keep";
import css from "./Log.module.css";
import { Attached, Choices, Words } from "./later";
import { day, hour } from "./times";
import type { Key } from "./words";

/** How near the end still counts as reading along. Unit: pixels. */
const near = 80;

/** Log is what was said, the newest last, and what is on its way. */
export function Log() {
  const { chat, state, t } = useDesk();
  const box = useRef<HTMLDivElement>(null);
  const along = useRef(true);
  const messages = state.mirror?.messages ?? [];
  const question = state.job?.fields.question;
  const unread = messages.find((m) => m.sender === "agent" && m.seq > state.seen && state.seen > 0)?.seq;
  const mine = messages.findLast((m) => m.sender === "customer")?.seq;
  useLayoutEffect(() => {
    if (along.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  });
  useEffect(() => {
    along.current = true;
  }, [state.outbox.length]);
  return (
    <div
      ref={box}
      class={css.log}
      role="log"
      aria-label={t("chat.log")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: e }) => {
        along.current = e.scrollHeight - e.scrollTop - e.clientHeight < near;
      }}
    >
      <Greeting />
      {messages.map((message, i) => (
        <Line
          key={message.seq}
          message={message}
          fresh={message.seq === unread}
          newDay={i > 0 && day(message.at, "en") !== day(messages[i - 1]!.at, "en")}
          last={message.seq === mine}
          asked={i === messages.length - 1 && state.outbox.length === 0}
        />
      ))}
      {state.job && question && <Waiting pending={{ client_id: "", text: question, at: 0 }} />}
      {state.outbox.map((pending) => (
        <Waiting key={pending.client_id} pending={pending} />
      ))}
      <p class={css.typing} hidden={!state.typing}>
        <i />
        <i />
        <i />
        <span>{state.typing && t("typing", { name: state.typing })}</span>
      </p>
      <Place />
    </div>
  );

  function Waiting({ pending }: { pending: Pending }) {
    return (
      <article class={`${css.line} ${css.mine}`} aria-label={t("chat.you")}>
        <p class={`${css.bubble} ${css.pending}`} dir="auto">
          {[pending.text, ...(pending.files ?? []).map((f) => f.name || t("file.unnamed"))]
            .filter(Boolean)
            .join("\n")}
        </p>
        <footer class={css.meta}>
          {pending.failed ? (
            <>
              <strong>{t("message.failed")}</strong>
              <button type="button" onClick={() => chat.outbox.retry(pending.client_id)}>
                {t("message.retry")}
              </button>
              <button type="button" onClick={() => chat.outbox.drop(pending.client_id)}>
                {t("message.drop")}
              </button>
            </>
          ) : (
            t("message.sending")
          )}
        </footer>
      </article>
    );
  }
}

/** Greeting opens the log: whom one has reached. */
function Greeting() {
  const { state, t } = useDesk();
  const { mirror, job } = state;
  if (!mirror && !job) return null;
  return <p class={css.greeting}>{mirror ? state.entry?.greeting : t("chat.connecting")}</p>;
}

/** Place says where in the line one stands; the last number stays, so that nothing jumps (UX-63). Whom a menu asks stands in none yet (SCR-02). */
function Place() {
  const { chat, state, t } = useDesk();
  const talk = state.mirror?.conversation;
  if (talk?.state !== "waiting" || !talk.queue_name) return null;
  return (
    <section class={css.place} aria-label={t("state.waiting")}>
      <p>{talk.wait_text || t("wait.line")}</p>
      {state.position > 0 && <p class={css.number}>{t("wait.position", { n: state.position })}</p>}
      <p class={css.muted}>{t("wait.write")}</p>
      {talk.may_skip && (
        <button type="button" class={css.link} onClick={() => chat.set({ view: "skip", trouble: null })}>
          {t("skip")}
        </button>
      )}
    </section>
  );
}

function Line({
  message,
  fresh,
  newDay,
  last,
  asked,
}: {
  message: Message;
  fresh: boolean;
  newDay: boolean;
  last: boolean;
  asked: boolean;
}) {
  const { state, t } = useDesk();
  const { sender, agent, text, at } = message;
  const auto = message.content?.note === "auto_reply";
  const name = agent?.display_name ?? t(auto ? "chat.automatic" : "chat.agent");
  const when = hour(at, state.language);
  const from = sender === "customer" ? t("chat.you") : name;
  return (
    <>
      {newDay && <p class={css.rule}>{day(at, state.language)}</p>}
      {fresh && <p class={css.rule}>{t("message.new")}</p>}
      {sender === "system" && !auto ? (
        <p class={css.system}>{t(`system.${text}` as Key, { name })}</p>
      ) : (
        <article
          class={`${css.line} ${sender === "customer" ? css.mine : css.theirs}`}
          aria-label={`${from}, ${when}`}
        >
          {text && (
            <div class={css.bubble} dir="auto">
              <Words {...message} />
            </div>
          )}
          {message.content?.files && <Attached files={message.content.files} />}
          <footer class={css.meta}>
            <time dateTime={new Date(at).toISOString()}>{when}</time>
            {last && (
              <span>
                <Icon path="M4 12l5 5L20 6" size={14} />
                {t("message.sent")}
              </span>
            )}
          </footer>
        </article>
      )}
      {asked && state.mirror?.conversation.state === "waiting" && message.content?.options && (
        <Choices options={message.content.options} />
      )}
    </>
  );
}
