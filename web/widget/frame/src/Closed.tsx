import { useEffect, useRef } from "preact/hooks";
import css from "./App.module.css";
import { useDesk } from "./desk";
import { Icon } from "./Icon";
import { hour, opening } from "./times";

/** hours says that we are closed, until when, and what time it is there. */
export function useHours(): string[] {
  const { state, t } = useDesk();
  const { entry, language } = state;
  if (!entry || entry.open) return [];
  const when = entry.opens_at ? opening(entry.opens_at, entry.zone, language) : "";
  const own = entry.closed_text;
  return [
    own || (when ? t("closed.when", { when }) : t("closed.now")),
    own && when ? t("closed.opens", { when }) : "",
    t("closed.zone", { time: hour(Date.now(), language, entry.zone), zone: entry.zone }),
  ].filter(Boolean);
}

/** Closed is shown out of hours where no message can be left. */
export function Closed() {
  const lines = useHours();
  return (
    <div class={css.center}>
      <Icon path="M12 7v5l3 2M12 3a9 9 0 1 0 .01 0" size={40} />
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

/** Sent thanks for a message that an agent will answer by e-mail. */
export function Sent() {
  const { chat, state, t } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class={css.center}>
      <Icon path="M4 12l5 5L20 6" size={40} />
      <h2 ref={heading} tabIndex={-1}>
        {t("sent.title")}
      </h2>
      <p role="status">{t("sent.text")}</p>
      {state.fields.email && <p class={css.muted}>{state.fields.email}</p>}
      <button type="button" class={css.quiet} onClick={() => chat.offer()}>
        {t("form.back")}
      </button>
    </div>
  );
}
