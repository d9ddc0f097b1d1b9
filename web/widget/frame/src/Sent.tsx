import { useEffect, useRef } from "preact/hooks";
import { useDesk } from "./desk";

/** Sent thanks for a message that an agent will answer by e-mail. */
export function Sent({ quiet }: { quiet: string }) {
  const { chat, state, t } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <svg
        viewBox="0 0 24 24"
        width={40}
        style={{ color: "var(--muted)", marginBlockEnd: "6px" }}
        aria-hidden="true"
      >
        <path d="M4 12l5 5L20 6" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
      </svg>
      <h2 ref={heading} tabIndex={-1}>
        {t("sent.title")}
      </h2>
      <p role="status">{t("sent.text")}</p>
      {state.fields.email && (
        <p style={{ color: "var(--muted)", overflowWrap: "anywhere" }}>{state.fields.email}</p>
      )}
      <button type="button" class={quiet} onClick={() => chat.offer()}>
        {t("form.back")}
      </button>
    </>
  );
}
