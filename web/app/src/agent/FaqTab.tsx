import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../parts/Loaded";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./Context.module.css";
import { useFaqs } from "./useRecords";

interface FaqTabProps {
  language: string;
  /** Null where nothing can be inserted any more. */
  onInsert: ((id: string, answer: string) => void) | null;
}

/** FaqTab finds answers beside the conversation and inserts them at the cursor. */
export function FaqTab({ language, onInsert }: FaqTabProps) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const [asked] = useDebouncedValue(q, 150);
  const query = useFaqs(asked, language);
  return (
    <div className={css.tab}>
      <TextInput
        aria-label={t("agent.faq.search")}
        placeholder={t("agent.faq.search")}
        leftSection={<Icon name="search" size={16} />}
        value={q}
        onChange={(e) => setQ(e.currentTarget.value)}
      />
      <Loaded query={query}>
        {(page) => (
          <>
            {page.items.length === 0 && (
              <p className={css.quiet}>{asked ? t("agent.faq.none", { q: asked }) : t("agent.faq.empty")}</p>
            )}
            <ul className={css.rows}>
              {page.items.map((f) => (
                <li key={f.id} lang={f.language}>
                  <strong>{f.question}</strong>
                  <p className={css.answer}>{f.answer}</p>
                  {onInsert && (
                    <Button size="xs" onClick={() => onInsert(f.id, f.answer)}>
                      {t("agent.faq.insert")}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </div>
  );
}
