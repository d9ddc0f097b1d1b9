import { Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Interaction, Me } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inLanguage } from "../i18n/format";
import { Loaded } from "../parts/Loaded";
import { Rich } from "../parts/Rich";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./Context.module.css";
import { onlyIn, type Saying } from "./composer/saying";
import { useCategories } from "./useRecords";
import { type Insert, useSayings } from "./useSayings";

interface FaqTabProps {
  interaction: Interaction;
  me: Me;
  /** Null where nothing can be inserted any more. */
  onInsert: Insert | null;
}

/** FaqTab finds answers beside the conversation, by category or by words, and inserts them at the cursor (FAQ-02). */
export function FaqTab({ interaction, me, onInsert }: FaqTabProps) {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const [category, setCategory] = useState<string | null>(null);
  const [asked] = useDebouncedValue(q, 150);
  const categories = useCategories().data?.items ?? [];
  const { answers, query } = useSayings(interaction, me, asked, category ?? "");
  const plainOnly = interaction.composer?.plain_text ?? false;
  return (
    <div className={css.tab}>
      <TextInput
        aria-label={t("agent.faq.search")}
        placeholder={t("agent.faq.search")}
        leftSection={<Icon name="search" size={16} />}
        value={q}
        onChange={(e) => setQ(e.currentTarget.value)}
      />
      <Select
        aria-label={t("agent.faq.category")}
        placeholder={t("agent.faq.allCategories")}
        data={categories.map((c) => ({ value: c.id, label: inLanguage(c) }))}
        value={category}
        onChange={setCategory}
        clearable
      />
      <Loaded query={query}>
        {() => (
          <>
            {answers.length === 0 && (
              <p className={css.quiet}>{asked ? t("agent.faq.none", { q: asked }) : t("agent.faq.empty")}</p>
            )}
            <ul className={css.rows}>
              {answers.map((s) => (
                <Answer
                  key={s.id}
                  saying={s}
                  barred={plainOnly && !s.textOnly}
                  only={onlyIn(s, interaction.visitor.language)}
                  onInsert={onInsert}
                />
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </div>
  );
}

function Answer({
  saying: s,
  barred,
  only,
  onInsert,
}: {
  saying: Saying;
  barred: boolean;
  only: string;
  onInsert: Insert | null;
}) {
  const { t } = useTranslation();
  const [over, setOver] = useState(0);
  return (
    <li lang={s.language} data-barred={barred || undefined}>
      <details>
        <summary>
          <strong>{s.title}</strong>
        </summary>
        <Rich blocks={s.blocks} />
      </details>
      {only && <p className={css.quiet}>{t("agent.faq.only", { language: only })}</p>}
      {barred && <p className={css.quiet}>{t("agent.faq.pictures")}</p>}
      {over > 0 && <p role="alert">{t("agent.faq.tooLong", { count: over })}</p>}
      {onInsert && (
        <Button
          size="xs"
          why={barred ? t("agent.faq.pictures") : ""}
          aria-label={t("agent.faq.insertOne", { title: s.title })}
          onClick={() => setOver(onInsert(s))}
        >
          {t("agent.faq.insert")}
        </Button>
      )}
    </li>
  );
}
