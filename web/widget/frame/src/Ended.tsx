import { useEffect, useRef, useState } from "preact/hooks";
import css from "./Conversation.module.css";
import { useDesk } from "./desk";

/** Ended offers the transcript and a new chat, or to leave the message that is asked for instead. */
export function Ended() {
  const { chat, state, t } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  const [step, setStep] = useState<"busy" | "sent" | "">("");
  const talk = state.mirror!.conversation;
  useEffect(() => {
    if (state.open) heading.current?.focus();
  }, []);
  const keep = async (how: "download" | "mail") => {
    setStep("busy");
    try {
      setStep(await (await import("./transcript"))[how](chat.keep.read().token));
    } catch {
      setStep("");
      chat.set({ trouble: { code: "internal", request: "", fields: {} } });
    }
  };
  return (
    <div class={css.ended}>
      <h2 ref={heading} tabIndex={-1}>
        {t("ended")}
      </h2>
      {state.outbox.length > 0 && <p>{t("ended.unsent")}</p>}
      <div class={css.actions}>
        {talk.form_after_end ? (
          <button
            type="button"
            class={css.primary}
            onClick={() => chat.set({ view: "leave", trouble: null })}
          >
            {t("form.leave")}
          </button>
        ) : (
          <button type="button" class={css.primary} onClick={() => chat.again()}>
            {t("ended.again")}
          </button>
        )}
        <button type="button" class={css.quiet} disabled={step === "busy"} onClick={() => keep("download")}>
          {t("ended.download")}
        </button>
        {talk.may_mail && (
          <button type="button" class={css.quiet} disabled={!!step} onClick={() => keep("mail")}>
            {t(step === "sent" ? "ended.sent" : "ended.mail")}
          </button>
        )}
        <button type="button" class={css.quiet} onClick={() => window.print()}>
          {t("ended.print")}
        </button>
      </div>
    </div>
  );
}
