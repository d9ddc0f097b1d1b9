import { useEffect, useRef, useState } from "preact/hooks";
import type { Said } from "./api";
import type { Desk } from "./desk";
import { Icon, icons } from "./Icon";
import type { Aim } from "./Phone";
import { draw, fileMax, read, samples } from "./samples";
import css from "./Writer.module.css";
import type { Key, Language } from "./words";

interface Props {
  desk: Desk;
  network: string;
  language: Language;
  /** The message that is answered or edited, if any. */
  aim: Aim | null;
  drop: () => void;
  say: (said: Omit<Said, "account" | "from" | "name">) => Promise<boolean>;
}

/** How often a network is told that somebody types. Unit: milliseconds. */
const typingEvery = 3_000;
/** What is sent at a press, without choosing. */
const ready = ["voice", "audio", "video", "document", "sticker", "location", "contacts"];

/** Writer is where a phone's owner writes. */
export function Writer({ desk, network, language, aim, drop, say }: Props) {
  const t = desk.words(language);
  const [text, setText] = useState(aim?.kind === "edit" ? aim.message.text : "");
  const [attaching, setAttaching] = useState(false);
  const [trouble, setTrouble] = useState("");
  const typed = useRef(0);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (aim) field.current?.focus();
  }, [aim]);
  const can = (kind: string) => desk.can(network, kind);
  const about = aim?.kind === "reply" ? { reply_to: aim.message.id } : {};

  const send = async () => {
    const words = text.trim();
    if (!words) return;
    setText("");
    typed.current = 0;
    const said =
      aim?.kind === "edit"
        ? { kind: "edit", text: words, message_id: aim.message.id }
        : { kind: "text", text: words, ...about };
    if (await say(said)) drop();
    else setText((now) => now || words);
  };
  const write = (words: string) => {
    setText(words);
    if (!can("typing") || Date.now() - typed.current < typingEvery) return;
    typed.current = Date.now();
    void say({ kind: "typing" });
  };
  const attach = (said: Omit<Said, "account" | "from" | "name">) => {
    setAttaching(false);
    void say({ ...said, ...about }).then((ok) => ok && drop());
  };
  const own = async (file: File | undefined) => {
    if (!file) return;
    try {
      const { kind, media } = await read(file);
      attach({ kind: can(kind) ? kind : "document", media });
    } catch {
      setTrouble(t("attach.large", { n: fileMax >> 20 }));
    }
  };
  const kinds = ready.filter((kind) => can(kind) && !(kind === "audio" && can("voice")));
  return (
    <form
      class={css.writer}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {aim && (
        <p class={css.aim}>
          <Icon path={icons.reply} size={16} />
          <span dir="auto">
            {t(aim.kind === "edit" ? "write.edit" : "write.reply", { text: aim.message.text })}
          </span>
          <button type="button" aria-label={t("cancel")} onClick={drop}>
            <Icon path={icons.close} size={16} />
          </button>
        </p>
      )}
      {attaching && (
        <div class={css.attach}>
          {samples.map((sample) => (
            <button
              key={sample}
              type="button"
              onClick={() => attach({ kind: "image", text: text.trim(), media: draw(sample) })}
            >
              {t(`sample.${sample}` as Key)}
            </button>
          ))}
          {kinds.map((kind) => (
            <button key={kind} type="button" onClick={() => attach({ kind })}>
              {t(`kind.${kind}` as Key)}
            </button>
          ))}
          <label class={css.own}>
            {t("attach.own")}
            <input data-hidden type="file" onChange={(e) => own(e.currentTarget.files?.[0])} />
          </label>
          {trouble && <p role="alert">{trouble}</p>}
        </div>
      )}
      <div class={css.line}>
        {can("image") && (
          <button
            type="button"
            class={css.round}
            aria-label={t("write.attach")}
            aria-expanded={attaching}
            onClick={() => {
              setTrouble("");
              setAttaching(!attaching);
            }}
          >
            <Icon path={icons.clip} />
          </button>
        )}
        <textarea
          ref={field}
          rows={1}
          value={text}
          dir="auto"
          aria-label={t("write")}
          placeholder={t("write")}
          onInput={(e) => write(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
              e.preventDefault();
              void send();
            } else if (e.key === "Escape" && aim) drop();
          }}
        />
        <button type="submit" class={css.round} data-send aria-label={t("write.send")}>
          <Icon path={icons.send} />
        </button>
      </div>
    </form>
  );
}
