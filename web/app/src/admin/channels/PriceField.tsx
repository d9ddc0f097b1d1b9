import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldText } from "../../parts/problem";
import { micros, money } from "./countries";

interface PriceFieldProps {
  label: string;
  /** Unit: millionths of the currency; negative while what is written is no amount. */
  value: number;
  error: string | undefined;
  onChange: (value: number) => void;
}

/** PriceField takes an amount as people of either language write it, typed or pasted. Source: SMS-01. */
export function PriceField({ label, value, error, onChange }: PriceFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed !== null && (micros(typed) ?? -1) === value ? typed : money(value);
  return (
    <TextInput
      aria-label={label}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      error={value < 0 ? fieldText(t, "not_a_number") : error}
      onChange={(e) => {
        setTyped(e.currentTarget.value);
        onChange(micros(e.currentTarget.value) ?? -1);
      }}
      onBlur={() => value >= 0 && setTyped(null)}
    />
  );
}
