import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { sayNow } from "../parts/announce";
import { usePreferences } from "../parts/preferences";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./Composer.module.css";
import { FaqPicker } from "./FaqPicker";
import { insertAt, room, splitAt, wouldBe } from "./text";

export type Mode = "reply" | "note";

interface ComposerProps {
  name: string;
  language: string;
  mode: Mode;
  onMode: (mode: Mode) => void;
  text: string;
  onText: (text: string) => void;
  /** Unit: code points after NFC (CNV-03). */
  limit: number;
  offline: boolean;
  onSend: (text: string) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  onFaqUsed: (id: string) => void;
}

/** Composer writes to the customer, or a note for colleagues; nothing is ever cut (CNV-01, CNV-03, XFR-08). */
export function Composer(p: ComposerProps) {
  const { t } = useTranslation();
  const { enterSends } = usePreferences();
  const [picking, setPicking] = useState(false);
  const [refused, setRefused] = useState(0);
  const fresh = useFresh(p.name);
  const note = p.mode === "note";
  const space = room(p.text, p.limit);
  const empty = p.text.trim() === "";

  function send() {
    if (empty || space.over > 0) return;
    p.onSend(p.text);
    setRefused(0);
    p.field.current?.focus();
  }
  function insert(what: string) {
    const e = p.field.current;
    const at = insertAt(p.text, what, e?.selectionStart ?? p.text.length, e?.selectionEnd ?? p.text.length);
    p.onText(at.text);
    setPicking(false);
    requestAnimationFrame(() => {
      e?.focus();
      e?.setSelectionRange(at.cursor, at.cursor);
    });
  }
  function key(e: KeyboardEvent<HTMLTextAreaElement>) {
    if (e.nativeEvent.isComposing) return;
    if (e.key === "Enter" && e.shiftKey !== enterSends) {
      e.preventDefault();
      send();
    } else if (e.key === "/" && p.text === "" && !note) {
      e.preventDefault();
      setPicking(true);
    } else if (e.key === "Escape") e.currentTarget.blur();
  }
  function paste(e: ClipboardEvent<HTMLTextAreaElement>) {
    const pasted = e.clipboardData.getData("text");
    const { selectionStart, selectionEnd } = e.currentTarget;
    const over = room(wouldBe(p.text, pasted, selectionStart, selectionEnd), p.limit).over;
    setRefused(over);
    if (over === 0) return;
    e.preventDefault();
    sayNow(t("agent.composer.pasteRefused", { count: over }));
  }

  return (
    <section
      className={css.composer}
      data-mode={p.mode}
      aria-label={t("agent.composer.title")}
      data-region="composer"
    >
      <div className={css.bar}>
        <div className={css.modes} role="group" aria-label={t("agent.composer.mode")}>
          {(["reply", "note"] as const).map((m) => (
            <button
              key={m}
              type="button"
              aria-pressed={p.mode === m}
              className={css.mode}
              onClick={() => p.onMode(m)}
            >
              <Icon name={m === "reply" ? "bubble" : "note"} size={15} />
              {t(`agent.composer.${m}`)}
            </button>
          ))}
        </div>
        {note ? (
          <span className={css.noteLabel}>{t("agent.note.label")}</span>
        ) : (
          <span className={css.to} data-fresh={fresh || undefined}>
            {t("agent.composer.to", { name: p.name })}
          </span>
        )}
        {!note && (
          <Button
            size="xs"
            look="quiet"
            icon={<Icon name="book" size={15} />}
            onClick={() => setPicking(!picking)}
          >
            {t("agent.faq.title")}
          </Button>
        )}
      </div>
      {picking && (
        <FaqPicker language={p.language} onPick={insert} onUsed={p.onFaqUsed} onClose={() => closePicker()} />
      )}
      <div className={css.field}>
        {space.over > 0 && <Excess text={p.text} limit={p.limit} field={p.field} />}
        <textarea
          ref={p.field}
          rows={2}
          dir="auto"
          value={p.text}
          aria-label={note ? t("agent.note.label") : t("agent.composer.to", { name: p.name })}
          aria-describedby="composer-count"
          aria-invalid={space.over > 0 || undefined}
          placeholder={
            note ? t("agent.composer.notePlaceholder") : t("agent.composer.placeholder", { name: p.name })
          }
          onChange={(e) => {
            setRefused(0);
            p.onText(e.currentTarget.value);
          }}
          onKeyDown={key}
          onPaste={paste}
        />
      </div>
      <div className={css.foot}>
        <span
          id="composer-count"
          className={css.count}
          data-near={space.near || undefined}
          data-over={space.over > 0 || undefined}
        >
          {space.near && t("agent.composer.count", { used: space.used, limit: space.limit })}
          {space.over > 0 && ` · ${t("agent.composer.over", { count: space.over })}`}
          {refused > 0 && t("agent.composer.pasteRefused", { count: refused })}
        </span>
        {p.offline && <span className={css.offline}>{t("agent.send.queued")}</span>}
        <Button
          look={note ? "soft" : "main"}
          icon={<Icon name={note ? "note" : "send"} size={16} />}
          disabled={empty || space.over > 0}
          onClick={send}
        >
          {t(note ? "agent.composer.saveNote" : "agent.composer.send")}
        </Button>
      </div>
    </section>
  );

  function closePicker() {
    setPicking(false);
    p.field.current?.focus();
  }
}

interface ExcessProps {
  text: string;
  limit: number;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** Excess lies behind the field, scrolled like it, and marks what does not fit. */
function Excess({ text, limit, field }: ExcessProps) {
  const behind = useRef<HTMLDivElement>(null);
  const [fits, over] = splitAt(text, limit);
  useLayoutEffect(() => {
    const e = field.current;
    if (!e) return;
    const follow = () => {
      if (behind.current) behind.current.scrollTop = e.scrollTop;
    };
    follow();
    e.addEventListener("scroll", follow);
    return () => e.removeEventListener("scroll", follow);
  });
  return (
    <div ref={behind} className={css.excess} aria-hidden="true" dir="auto">
      {fits}
      <mark>{over}</mark>
    </div>
  );
}

/** How long the name is lit after the conversation changed, against writing to the wrong one. Unit: milliseconds. */
const lit = 2_000;

function useFresh(name: string): boolean {
  const [fresh, setFresh] = useState(false);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the name that changed
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    setFresh(true);
    const timer = setTimeout(() => setFresh(false), lit);
    return () => clearTimeout(timer);
  }, [name]);
  return fresh;
}
