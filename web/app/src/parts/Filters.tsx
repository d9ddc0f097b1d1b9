import { Select, TextInput } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import styles from "./Filters.module.css";

interface FiltersProps {
  /** The placeholder of the search field; without one there is none. */
  search?: string;
  /** Choices, by the name they have in the address. */
  fields?: readonly {
    name: string;
    label: string;
    options: readonly (readonly [value: string, label: string])[];
  }[];
  /** Dates, by the name they have in the address. */
  dates?: readonly { name: string; label: string }[];
  /** Filters somebody followed a link with; each can be lifted. */
  chips?: readonly { name: string; label: string }[];
}

/** Filters narrow a list. The address holds them, so that a list can be sent to a colleague. */
export function Filters({ search, fields = [], dates = [], chips = [] }: FiltersProps) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return (
    <search className={styles.filters}>
      {search !== undefined && (
        <SearchField label={search} value={params.get("q") ?? ""} onChange={(q) => set("q", q)} />
      )}
      {fields.map((field) => (
        <Select
          key={field.name}
          aria-label={field.label}
          placeholder={field.label}
          data={field.options.map(([value, label]) => ({ value, label }))}
          value={params.get(field.name) || null}
          onChange={(value) => set(field.name, value ?? "")}
          clearable
          searchable={field.options.length > 8}
          className={styles.select}
        />
      ))}
      {dates.map((date) => (
        <DateField
          key={date.name}
          label={date.label}
          value={params.get(date.name) ?? ""}
          onChange={(day) => set(date.name, day)}
        />
      ))}
      {chips.map((chip) => (
        <Button
          key={chip.name}
          size="xs"
          look="soft"
          icon={<Icon name="x" size={12} />}
          onClick={() => set(chip.name, "")}
        >
          {chip.label}
        </Button>
      ))}
      {params.size > 0 && (
        <Button look="quiet" size="xs" onClick={() => setParams({}, { replace: true })}>
          {t("editor.clear")}
        </Button>
      )}
    </search>
  );
}

function DateField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (day: string) => void;
}) {
  const id = useId();
  return (
    <span className={styles.date}>
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        type="date"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </span>
  );
}

/** SearchField asks 250 ms after the last key, not at each. */
function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (q: string) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onChange(text.trim()), 250);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" size={16} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      className={styles.search}
    />
  );
}
