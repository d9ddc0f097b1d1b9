import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChoices } from "../parts/useChoices";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./Match.module.css";

interface CustomerSearchProps {
  onChoose: (id: string) => void;
  /** Among other things: the list is no longer than a few rows. */
  few?: boolean;
  /** What is wrong while nobody is chosen. */
  wrong?: string;
}

/** CustomerSearch finds the customer an interaction belongs to; a new one stands first (F043). */
export function CustomerSearch({ onChoose, few, wrong }: CustomerSearchProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed, 200);
  const found = useChoices(asked);
  return (
    <div className={css.several}>
      <TextInput
        autoFocus={!few}
        error={wrong}
        label={t("agent.match.searchLabel")}
        placeholder={t("agent.match.searchHint")}
        leftSection={<Icon name="search" size={16} />}
        value={typed}
        onChange={(e) => setTyped(e.currentTarget.value)}
      />
      {/* a list that can be scrolled is reached with the keys */}
      <ul className={few ? css.few : undefined} tabIndex={few ? 0 : undefined}>
        {found.data?.items.map((c) => (
          <li key={c.id} className={css.one}>
            <div>
              <strong>{`${c.first_name} ${c.last_name}`.trim()}</strong>
              <span>{[c.account_number, ...c.emails.slice(0, 1)].join(" · ")}</span>
            </div>
            <Button size="xs" onClick={() => onChoose(c.id)}>
              {t("agent.match.choose")}
            </Button>
          </li>
        ))}
      </ul>
      {found.data?.items.length === 0 && <p>{t("agent.match.nobody")}</p>}
    </div>
  );
}
