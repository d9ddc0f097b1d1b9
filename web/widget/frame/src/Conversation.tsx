import { useEffect, useRef, useState } from "preact/hooks";
import { Composer } from "./Composer";
import css from "./Conversation.module.css";
import { useDesk } from "./desk";
import { Trouble } from "./Form";
import { Log } from "./Log";

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

/** Ended offers the transcript and a new chat. */
function Ended() {
  const { chat, state, t } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  const [step, setStep] = useState<"busy" | "sent" | "">("");
  const talk = state.mirror!.conversation;
  const letter = talk.form_after_end && state.entry?.offline_form;
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
        {letter ? (
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
