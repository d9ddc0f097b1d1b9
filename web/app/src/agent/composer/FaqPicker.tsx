import { type KeyboardEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFaqs } from "../useRecords";
import css from "./FaqPicker.module.css";

interface FaqPickerProps {
  language: string;
  onPick: (answer: string) => void;
  onUsed: (id: string) => void;
  onClose: () => void;
}

/** How long typing must pause before a search. Unit: milliseconds. */
const debounce = 150;

/** FaqPicker finds an answer and inserts it at the cursor (FAQ-01). */
export function FaqPicker({ language, onPick, onUsed, onClose }: FaqPickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed), debounce);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useFaqs(q, language).data?.items ?? [];
  const chosen = found[Math.min(at, found.length - 1)];

  function pick(one: (typeof found)[number]) {
    onUsed(one.id);
    onPick(one.answer);
  }
  function key(e: KeyboardEvent) {
    if (e.key === "ArrowDown") setAt(Math.min(found.length - 1, at + 1));
    else if (e.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (e.key === "Enter" && chosen) pick(chosen);
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
        aria-controls="faq-list"
        aria-label={t("agent.faq.search")}
        aria-activedescendant={chosen && `faq-${chosen.id}`}
        placeholder={t("agent.faq.search")}
        onChange={(e) => {
          setTyped(e.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={key}
      />
      <div id="faq-list" role="listbox" aria-label={t("agent.faq.title")} className={css.list}>
        {found.map((f) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
          <div
            key={f.id}
            id={`faq-${f.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={f === chosen}
            className={css.option}
            onClick={() => pick(f)}
          >
            <strong>{f.question}</strong>
            <span>{f.answer}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className={css.none}>{q ? t("agent.faq.none", { q }) : t("agent.faq.empty")}</p>
      )}
    </div>
  );
}
