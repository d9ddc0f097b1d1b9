import { useEffect, useState } from "preact/hooks";
import css from "./App.module.css";
import { Closed } from "./Closed";
import { Conversation } from "./Conversation";
import type { Chat } from "./chat";
import { DeskContext, useDesk } from "./desk";
import { Form } from "./Form";
import { Header } from "./Header";
import { site } from "./host";
import { ink } from "./ink";
import { Sent } from "./later";

/** App is the window: one dialog, whatever state the visitor is in. */
export function App({ chat }: { chat: Chat }) {
  const [state, setState] = useState(chat.state);
  useEffect(() => {
    const show = () => setState(chat.state);
    show(); // it may have changed since it was drawn
    return chat.watch(show);
  }, [chat]);
  const { t } = state;
  const title = state.entry?.title || t("chat.title");
  useEffect(() => {
    document.documentElement.lang = state.language;
    document.title = title;
  }, [state.language, title]);
  const accent = state.entry?.accent;
  useEffect(() => {
    if (!accent || !/^#[0-9a-f]{6}$/i.test(accent)) return;
    document.documentElement.style.setProperty("--accent", accent);
    document.documentElement.style.setProperty("--on-accent", ink(accent));
  }, [accent]);
  return (
    <DeskContext.Provider value={{ chat, state, t }}>
      <div
        class={css.window}
        role="dialog"
        aria-label={title}
        onKeyDown={(event) => {
          if (event.key === "Escape" && site) chat.host.open(false);
        }}
      >
        <Header />
        <Body />
      </div>
    </DeskContext.Provider>
  );
}

function Body() {
  const { state, t } = useDesk();
  switch (state.view) {
    case "loading":
      return (
        <p class={css.center} role="status">
          {state.link === "offline" ? t("link.reconnecting") : t("loading")}
        </p>
      );
    case "gone":
      return (
        <p class={css.center} role="alert">
          {t("error.not_found")}
        </p>
      );
    case "closed":
      return <Closed />;
    case "sent":
      return (
        <div class={css.center}>
          <Sent quiet={css.quiet!} />
        </div>
      );
    case "chat":
      return <Conversation />;
    default:
      return <Form key={state.view} view={state.view} />;
  }
}
