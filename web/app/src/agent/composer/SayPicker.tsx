import type { Interaction, Me } from "@parley/protocol";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Rich } from "../../parts/Rich";
import { type Insert, useSayings } from "../useSayings";
import css from "./SayPicker.module.css";
import { isMacro, onlyIn, type Saying } from "./saying";

interface SayPickerProps {
  interaction: Interaction;
  me: Me;
  /** The network takes nothing but letters (FAQ-05). */
  plainOnly: boolean;
  onInsert: Insert;
  onClose: () => void;
}

/** How long typing must pause before a search. Unit: milliseconds. */
const debounce = 150;

/** SayPicker finds a canned reply or an answer, shows it as it will read, and inserts it at the cursor (FAQ-02, UX-19). */
export function SayPicker({ interaction, me, plainOnly, onInsert, onClose }: SayPickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const [at, setAt] = useState(0);
  const [over, setOver] = useState(0);
  const [eager, setEager] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed), debounce);
    return () => clearTimeout(timer);
  }, [typed]);
  const { answers, replies, query } = useSayings(interaction, me, q);
  const found = [...replies, ...answers];
  const chosen = found[Math.min(at, found.length - 1)];
  const barred = (s: Saying) => plainOnly && !s.textOnly;
  /** The list is of what is typed now, not of what was typed before. */
  const settled = typed === q && !query.isPlaceholderData;
  // biome-ignore lint/correctness/useExhaustiveDependencies: Enter came before the list did, and is done once
  useEffect(() => {
    if (!eager || !settled) return;
    setEager(false);
    if (chosen) pick(chosen);
  }, [eager, settled]);

  function pick(s: Saying) {
    if (barred(s)) return;
    const excess = onInsert(s);
    if (excess === 0) onClose();
    else setOver(excess);
  }
  function go(to: number) {
    setOver(0);
    setAt(Math.max(0, Math.min(found.length - 1, to)));
  }
  function key(e: KeyboardEvent) {
    if (e.nativeEvent.isComposing) return;
    if (e.key === "ArrowDown") go(at + 1);
    else if (e.key === "ArrowUp") go(at - 1);
    else if (e.key === "Enter") setEager(true);
    else if (e.key === "Escape") onClose();
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  return (
    <div className={css.picker}>
      <input
        // biome-ignore lint/a11y/noAutofocus: one pressed a key to search
        autoFocus
        className={css.search}
        value={typed}
        role="combobox"
        aria-expanded
        aria-controls="say-list"
        aria-label={t("agent.faq.find")}
        aria-activedescendant={chosen && `say-${chosen.id}`}
        placeholder={t("agent.faq.find")}
        onChange={(e) => {
          setTyped(e.currentTarget.value);
          setEager(false);
          go(0);
        }}
        onKeyDown={key}
      />
      <div className={css.both}>
        <div id="say-list" role="listbox" aria-label={t("agent.faq.title")} className={css.list}>
          {found.map((s, n) => (
            <Option
              key={s.id}
              saying={s}
              selected={s === chosen}
              barred={barred(s)}
              onPoint={() => go(n)}
              onPick={() => pick(s)}
            />
          ))}
        </div>
        {chosen && (
          <Preview
            saying={chosen}
            barred={barred(chosen)}
            only={onlyIn(chosen, interaction.visitor.language)}
            over={over}
          />
        )}
      </div>
      {found.length === 0 && query.data && (
        <p className={css.none}>{q ? t("agent.faq.none", { q }) : t("agent.faq.empty")}</p>
      )}
      {found.length > 0 && <p className={css.keys}>{t("agent.faq.keys")}</p>}
    </div>
  );
}

interface OptionProps {
  saying: Saying;
  selected: boolean;
  barred: boolean;
  onPoint: () => void;
  onPick: () => void;
}

function Option({ saying: s, selected, barred, onPoint, onPick }: OptionProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
    <div
      id={`say-${s.id}`}
      ref={(e) => {
        if (selected) e?.scrollIntoView({ block: "nearest" });
      }}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-disabled={barred || undefined}
      className={css.option}
      lang={s.language}
      onClick={selected ? onPick : onPoint}
      onDoubleClick={onPick}
    >
      <strong>
        {s.title} {s.shortcut && <code>/{s.shortcut}</code>}
      </strong>
      <span>{barred ? t("agent.faq.pictures") : isMacro(s) ? t("agent.faq.macro") : s.text}</span>
    </div>
  );
}

interface PreviewProps {
  saying: Saying;
  barred: boolean;
  /** The language it is in, where that is not the conversation's. */
  only: string;
  over: number;
}

function Preview({ saying: s, barred, only, over }: PreviewProps) {
  const { t } = useTranslation();
  return (
    <section className={css.preview} aria-label={t("agent.faq.preview")} lang={s.language}>
      {over > 0 && (
        <p role="alert" className={css.over}>
          {t("agent.faq.tooLong", { count: over })}
        </p>
      )}
      {only && <p className={css.also}>{t("agent.faq.only", { language: only })}</p>}
      {barred && <p className={css.over}>{t("agent.faq.pictures")}</p>}
      {barred && s.blocks.length > 0 ? <Rich blocks={s.blocks} /> : <p className={css.words}>{s.text}</p>}
      {s.dispositions.length > 0 && (
        <p className={css.also}>{t("agent.faq.sets", { count: s.dispositions.length })}</p>
      )}
      {s.note && <p className={css.also}>{t("agent.faq.notes", { text: s.note })}</p>}
    </section>
  );
}
