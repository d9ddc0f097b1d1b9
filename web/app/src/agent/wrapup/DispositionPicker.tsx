import { MultiSelect, Select } from "@mantine/core";
import type { DispositionList } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { inLanguage } from "../../i18n/format";
import css from "./DispositionPicker.module.css";

interface DispositionPickerProps {
  lists: DispositionList[];
  chosen: string[];
  onChoose: (ids: string[]) => void;
  /** Puts the focus on the first list. */
  focus?: boolean;
  /** One tried to go on, or the time is up: from then on what is missing is marked as a mistake. */
  missed?: boolean;
}

/** DispositionPicker answers every list that applies; a required one that is open bears an asterisk (WRP-06, WRP-07). */
export function DispositionPicker({ lists, chosen, onChoose, focus, missed }: DispositionPickerProps) {
  const { t } = useTranslation();
  function answer(list: DispositionList, ids: string[]) {
    const others = chosen.filter((id) => !list.codes.some((c) => c.id === id));
    onChoose([...others, ...ids]);
  }
  return (
    <div className={css.lists}>
      {lists.map((list, n) => {
        const mine = chosen.filter((id) => list.codes.some((c) => c.id === id));
        const common = {
          label: inLanguage(list),
          withAsterisk: list.required,
          error: list.required && missed && mine.length === 0 ? t("agent.wrap.missing") : undefined,
          data: list.codes.map((c) => ({ value: c.id, label: inLanguage(c) })),
          autoFocus: focus && n === 0,
          searchable: list.codes.length > 8,
          comboboxProps: { withinPortal: true },
          "data-list": list.id,
        };
        return list.multiple ? (
          <MultiSelect key={list.id} {...common} value={mine} onChange={(ids) => answer(list, ids)} />
        ) : (
          <Select
            key={list.id}
            {...common}
            placeholder={t("agent.wrap.choose")}
            value={mine[0] ?? null}
            clearable={!list.required}
            onChange={(id) => answer(list, id ? [id] : [])}
          />
        );
      })}
    </div>
  );
}
