import { Composer } from "./Composer";
import css from "./Conversation.module.css";
import { useDesk } from "./desk";
import { Trouble } from "./Form";
import { Log } from "./Log";
import { Ended } from "./later";

/** Conversation is the window from the first word to the transcript. */
export function Conversation() {
  const { state } = useDesk();
  const talk = state.mirror?.conversation;
  const over = (talk?.state === "ended" || talk?.state === "offline") && !state.job;
  return (
    <div class={css.conversation}>
      <Banner />
      <Log />
      {state.trouble && <Trouble />}
      {over ? <Ended /> : <Composer />}
    </div>
  );
}

/** Banner says the one thing about the link or the agent that matters most now. */
function Banner() {
  const { state, t } = useDesk();
  const talk = state.mirror?.conversation;
  const waits = state.outbox.some((p) => !p.failed) || state.job !== null;
  let text = "";
  if (state.link !== "up") text = t(waits || state.link === "offline" ? "link.offline" : "link.reconnecting");
  else if (talk?.state === "chatting" && talk.agent_away)
    text = t("agent.away", { name: talk.agent?.display_name ?? t("chat.agent") });
  return (
    <p class={text ? css.banner : css.none} role="status">
      {text}
    </p>
  );
}
