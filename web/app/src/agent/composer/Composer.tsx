import type { Interaction, Me, Message } from "@parley/protocol";
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type RefObject,
  Suspense,
  useEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { Beside } from "../../live/outbox";
import { nameOf } from "../../parts/actions";
import { sayNow } from "../../parts/announce";
import { usePreferences } from "../../parts/preferences";
import { workingKeys } from "../../parts/shortcuts";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { inGroup } from "../desk";
import { useSaved } from "../drafts";
import { holeIn } from "../fill";
import { AttachTray, TemplateDialog } from "../later";
import { room, wouldBe } from "../text";
import { addUpload, takeUploads, useUploads } from "../uploads";
import type { Insert } from "../useSayings";
import { AttachButton } from "./AttachButton";
import css from "./Composer.module.css";
import { Counter } from "./Counter";
import { filesMax, pictureIn, refusalOf, signed, smsOf, takesFiles, windowOf } from "./compose";
import { Marked } from "./Marked";
import { ReplyTarget } from "./ReplyTarget";
import { SayPicker } from "./SayPicker";
import { isLocked, Locked, Notices, WindowChip } from "./WindowNotice";

export type Mode = "reply" | "note";

interface ComposerProps {
  interaction: Interaction;
  /** By the server's clock. Unit: Unix milliseconds. */
  now: number;
  mode: Mode;
  onMode: (mode: Mode) => void;
  text: string;
  onText: (text: string) => void;
  /** Unit: code points after NFC (CNV-03). */
  limit: number;
  offline: boolean;
  onSend: (text: string, beside?: Beside) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  me: Me;
  onInsert: Insert;
  /** The message the next one answers. */
  target: Message | undefined;
  onDropTarget: () => void;
}

/** Composer writes to the customer, or a note for colleagues; nothing is ever cut (CNV-01, CNV-03, XFR-08). */
export function Composer(p: ComposerProps) {
  const { t } = useTranslation();
  const { interaction: i } = p;
  const { enterSends } = usePreferences();
  const [picking, setPicking] = useState<"" | "faq" | "template">("");
  const [refused, setRefused] = useState(0);
  const uploads = useUploads(i.id);
  const saved = useSaved(i.id);
  const note = p.mode === "note";
  const facts = note ? null : i.composer;
  const window = windowOf(i, p.now);
  const group = !note && inGroup(i);
  const locked = group || isLocked(facts, window);
  const space = room(p.text, p.limit);
  const whole = signed(p.text, facts);
  const sms = facts?.segments ? smsOf(p.text === "" ? "" : whole) : null;
  const picture = facts?.plain_text ? pictureIn(p.text) : "";
  const plain = t("agent.composer.plain", { channel: t(`channel.${i.channel}`) });
  const hole = note ? "" : holeIn(p.text);
  const trouble = hole ? t("agent.faq.hole", { hole }) : picture && plain;
  const files = note ? [] : uploads;
  const waiting = files.some((u) => !u.file);
  const nothing = p.text.trim() === "" && files.length === 0;
  const over = space.over > 0 ? t("agent.composer.over", { count: space.over }) : "";
  const why = nothing ? t("why.write") : waiting ? t("why.upload") : over || trouble;
  const may = why === "" && !locked;

  function send() {
    if (!may) return;
    const beside: Beside = note
      ? {}
      : { files: takeUploads(i.id), ...(p.target && { reply_to: p.target.id }) };
    p.onSend(p.text, beside);
    setRefused(0);
    p.field.current?.focus();
  }
  function attach(chosen: File[]) {
    let free = filesMax - uploads.length;
    for (const file of chosen) addUpload(i.id, file, free-- > 0 ? refusalOf(file, facts) : "too_many_files");
    p.field.current?.focus();
  }
  function key(e: KeyboardEvent<HTMLTextAreaElement>) {
    if (e.nativeEvent.isComposing) return;
    if (e.key === "Enter" && e.shiftKey !== enterSends) {
      e.preventDefault();
      send();
    } else if (workingKeys("faq").includes(nameOf(e.nativeEvent)) && p.text === "" && !note) {
      e.preventDefault();
      setPicking("faq");
    } else if (e.key === "Escape") e.currentTarget.blur();
  }
  function paste(e: ClipboardEvent<HTMLTextAreaElement>) {
    const brought = [...e.clipboardData.files];
    if (brought.length > 0 && !note) {
      e.preventDefault();
      if (takesFiles(facts)) attach(brought);
      else sayNow(plain);
      return;
    }
    const pasted = e.clipboardData.getData("text");
    const { selectionStart, selectionEnd } = e.currentTarget;
    const over = room(wouldBe(p.text, pasted, selectionStart, selectionEnd), p.limit).over;
    setRefused(over);
    if (over === 0) return;
    e.preventDefault();
    sayNow(t("agent.composer.pasteRefused", { count: over }));
  }
  function drop(e: DragEvent) {
    if (note || e.dataTransfer.files.length === 0) return;
    e.preventDefault();
    if (takesFiles(facts)) attach([...e.dataTransfer.files]);
    else sayNow(plain);
  }

  return (
    <section
      className={css.composer}
      data-mode={p.mode}
      aria-label={t("agent.composer.title")}
      data-region="composer"
      onDragOver={(e) => e.dataTransfer.types.includes("Files") && !note && e.preventDefault()}
      onDrop={drop}
    >
      <div className={css.bar}>
        <Modes mode={p.mode} onMode={p.onMode} />
        <Addressee name={i.customer.name} note={note} />
        {!note && <WindowChip window={window} />}
        {!note && !locked && (
          <span className={css.tools}>
            {takesFiles(facts) && <AttachButton facts={facts} onFiles={attach} />}
            {facts?.templates && (
              <Button size="xs" look="quiet" onClick={() => setPicking("template")}>
                {t("agent.template.action")}
              </Button>
            )}
            <Button
              size="xs"
              look="quiet"
              icon={<Icon name="book" size={15} />}
              onClick={() => setPicking(picking === "faq" ? "" : "faq")}
            >
              {t("agent.faq.title")}
            </Button>
          </span>
        )}
      </div>
      {!note && <Notices window={window} facts={facts} />}
      {picking === "faq" && (
        <SayPicker
          interaction={i}
          me={p.me}
          plainOnly={facts?.plain_text ?? false}
          onInsert={p.onInsert}
          onClose={() => {
            setPicking("");
            p.field.current?.focus();
          }}
        />
      )}
      {picking === "template" && (
        <Suspense>
          <TemplateDialog
            interaction={i.id}
            onClose={() => setPicking("")}
            onSend={(text, template) => {
              p.onSend(text, { template });
              setPicking("");
            }}
          />
        </Suspense>
      )}
      {locked ? (
        <Locked
          facts={facts!}
          group={group}
          window={window}
          now={p.now}
          onTemplate={() => setPicking("template")}
        />
      ) : (
        <>
          {!note && p.target && <ReplyTarget message={p.target} onDrop={p.onDropTarget} />}
          {files.length > 0 && (
            <Suspense>
              <AttachTray interaction={i.id} channel={i.channel} uploads={uploads} facts={facts} />
            </Suspense>
          )}
          <div className={css.field}>
            {(space.over > 0 || sms?.ucs2) && (
              <Marked
                text={p.text}
                limit={p.limit}
                wide={sms?.ucs2 ? sms.forcing : noLetters}
                field={p.field}
              />
            )}
            <textarea
              ref={p.field}
              rows={2}
              dir="auto"
              value={p.text}
              aria-label={note ? t("agent.note.label") : t("agent.composer.to", { name: i.customer.name })}
              aria-describedby="composer-count"
              aria-invalid={space.over > 0 || trouble !== "" || undefined}
              placeholder={
                note
                  ? t("agent.composer.notePlaceholder")
                  : t("agent.composer.placeholder", { name: i.customer.name })
              }
              onChange={(e) => {
                setRefused(0);
                p.onText(e.currentTarget.value);
              }}
              onKeyDown={key}
              onPaste={paste}
            />
          </div>
          {facts?.signature && (
            <p className={css.signature}>
              <span>{t("agent.composer.signature")}</span>
              <span dir="auto">{facts.signature}</span>
            </p>
          )}
          <div className={css.foot}>
            <Counter text={whole} space={space} facts={facts} sms={sms} refused={refused} trouble={trouble} />
            {saved && !note && !p.offline && <span className={css.saved}>{t("agent.composer.saved")}</span>}
            {p.offline && <span className={css.offline}>{t("agent.send.queued")}</span>}
            <Button
              look={note ? "soft" : "main"}
              icon={<Icon name={note ? "note" : "send"} size={16} />}
              disabled={locked}
              why={why}
              onClick={send}
            >
              {t(note ? "agent.composer.saveNote" : "agent.composer.send")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

const noLetters: number[] = [];

function Modes({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  const { t } = useTranslation();
  return (
    <div className={css.modes} role="group" aria-label={t("agent.composer.mode")}>
      {(["reply", "note"] as const).map((m) => (
        <button
          key={m}
          type="button"
          aria-pressed={mode === m}
          className={css.mode}
          onClick={() => onMode(m)}
        >
          <Icon name={m === "reply" ? "bubble" : "note"} size={15} />
          {t(`agent.composer.${m}`)}
        </button>
      ))}
    </div>
  );
}

function Addressee({ name, note }: { name: string; note: boolean }) {
  const { t } = useTranslation();
  const fresh = useFresh(name);
  if (note) return <span className={css.noteLabel}>{t("agent.note.label")}</span>;
  return (
    <span className={css.to} data-fresh={fresh || undefined}>
      {t("agent.composer.to", { name })}
    </span>
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
