import { useDesk } from "./desk";
import css from "./Header.module.css";
import { site } from "./host";
import { Icon } from "./Icon";

/** Header says with whom one talks, and lets one minimize the window. */
export function Header() {
  const { chat, state, t } = useDesk();
  const talk = state.view === "chat" || state.view === "skip" ? state.mirror?.conversation : undefined;
  const agent = talk?.state === "chatting" ? talk.agent?.display_name : undefined;
  const line = () => {
    if (!talk) return "";
    if (talk.state === "ended" || talk.state === "offline") return t("state.ended");
    if (talk.transferring) return t("state.transferring");
    if (agent) return talk.queue_name || t("state.chatting", { name: agent });
    return talk.queue_name && t("state.waiting");
  };
  return (
    <header class={css.header}>
      {agent && (
        <span class={css.face} aria-hidden="true">
          {[...agent][0]}
        </span>
      )}
      <div class={css.words}>
        <h1>{agent ?? (state.entry?.title || t("chat.title"))}</h1>
        <p>{line()}</p>
      </div>
      {site && (
        <button
          type="button"
          class={css.round}
          aria-label={t("chat.minimize")}
          onClick={() => chat.host.open(false)}
        >
          <Icon path="M5 9l7 7 7-7" />
        </button>
      )}
    </header>
  );
}
