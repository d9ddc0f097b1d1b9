import { useEffect, useRef, useState } from "preact/hooks";
import css from "./Composer.module.css";
import { useDesk } from "./desk";
import { Icon } from "./Icon";
import { equip, Outgoing } from "./later";
import { points } from "./text";

/** From this part of the limit on the counter is shown. */
const near = 0.9;
/** A limit so short that the counter is always there. Source: SUP-02. */
const short = 500;

/** Composer takes the next message. Nothing is ever cut: too much is counted and cannot be sent. */
export function Composer() {
  const { chat, state, t } = useDesk();
  const input = useRef<HTMLTextAreaElement>(null);
  const [asking, setAsking] = useState(false);
  const talk = state.mirror?.conversation;
  const limit = talk?.limit ?? state.entry?.limit ?? 5000;
  const count = points(state.draft);
  const over = count - limit;
  const { uploads } = state;
  const busy = uploads.some((u) => !u.file && !u.why);
  const blank = busy || (!state.draft.trim() && !uploads.some((u) => u.file));
  const picker = useRef<HTMLInputElement>(null);
  const attach = (files: File[]) => equip(chat).then(() => chat.files?.add(files));
  const attachable = talk?.state !== "ended" && talk?.attachments && !state.job;
  useEffect(() => {
    if (state.open && document.hasFocus()) input.current?.focus();
  }, [state.open]);
  useEffect(() => {
    const area = input.current!;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 140)}px`;
  }, [state.draft]);
  const say = () => {
    if (blank || over > 0) return;
    chat.say(state.draft);
    input.current?.focus();
  };
  if (asking) return <AskEnd done={() => setAsking(false)} />;
  return (
    <form
      class={css.composer}
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      <Outgoing />
      <div class={css.row}>
        {attachable && (
          <>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={({ currentTarget }) => {
                attach([...(currentTarget.files ?? [])]);
                currentTarget.value = "";
                input.current?.focus();
              }}
            />
            <button
              type="button"
              class={css.attach}
              aria-label={t("file.attach")}
              onClick={() => picker.current?.click()}
            >
              <Icon path="M20 11l-8.5 8.5a5 5 0 01-7-7L13 4a3.3 3.3 0 015 5l-8.5 8.5a1.6 1.6 0 01-2.5-2.5L14.5 8" />
            </button>
          </>
        )}
        <textarea
          ref={input}
          class={css.input}
          rows={1}
          dir="auto"
          aria-label={t("composer.label")}
          aria-describedby="count"
          aria-invalid={over > 0 ? "true" : undefined}
          placeholder={t("composer.placeholder")}
          value={state.draft}
          onInput={(event) => chat.write(event.currentTarget.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData?.files;
            if (!attachable || !pasted?.length) return;
            event.preventDefault();
            attach([...pasted]);
          }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            say();
          }}
        />
        <button
          type="submit"
          class={css.send}
          aria-label={t("composer.send")}
          aria-disabled={blank || over > 0}
        >
          <Icon path="M4 12l16-8-6 16-3-6z" />
        </button>
      </div>
      <div class={css.under}>
        <span id="count" class={over > 0 ? css.over : undefined} role={over > 0 ? "alert" : undefined}>
          {over > 0
            ? t("count.over_other", { n: over })
            : count >= limit * near || (limit <= short && count > 0)
              ? t("count.left", { n: count, limit })
              : ""}
        </span>
        {talk?.customer_end && !state.job && (
          <button type="button" class={css.link} onClick={() => setAsking(true)}>
            {t("end.open")}
          </button>
        )}
      </div>
    </form>
  );
}

/** AskEnd makes sure that the chat is ended on purpose. */
function AskEnd({ done }: { done(): void }) {
  const { chat, t } = useDesk();
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  return (
    <section class={css.ask} aria-labelledby="end-ask">
      <h2 id="end-ask">{t("end.ask")}</h2>
      <button ref={no} type="button" class={css.quiet} onClick={done}>
        {t("end.no")}
      </button>
      <button
        type="button"
        class={css.danger}
        onClick={() => {
          done();
          chat.ask("end", { by: "user" });
        }}
      >
        {t("end.yes")}
      </button>
    </section>
  );
}
