import { Combobox, InputBase, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Ref } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChoices } from "../parts/useChoices";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { fullName } from "./names";

interface CustomerFieldProps {
  value: Ref | null;
  error: string | undefined;
  onChange: (customer: Ref | null) => void;
  /** What is asked; else the customer of a case. */
  label?: string;
  /** Who cannot be chosen. */
  without?: string;
}

/** CustomerField chooses the customer a case belongs to, by name, number, e-mail or phone; the newest stand first (F043). */
export function CustomerField({ value, error, onChange, label, without }: CustomerFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const [asked] = useDebouncedValue(text?.trim() ?? "", 200);
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const query = useChoices(asked, text !== null);
  const found = (query.data?.items ?? []).filter((c) => c.id !== without);
  const choose = (id: string) => {
    const customer = found.find((c) => c.id === id);
    if (customer) onChange({ id, name: fullName(customer) || customer.account_number });
    setText(null);
    box.closeDropdown();
  };
  return (
    <Combobox store={box} onOptionSubmit={choose}>
      <Combobox.Target>
        <InputBase
          label={label ?? t("records.case.field.customer")}
          placeholder={t("records.case.chooseCustomer")}
          error={error}
          value={text ?? value?.name ?? ""}
          onChange={(e) => {
            setText(e.currentTarget.value);
            box.openDropdown();
          }}
          onFocus={() => {
            setText((before) => before ?? "");
            box.openDropdown();
          }}
          onBlur={() => {
            setText(null);
            box.closeDropdown();
          }}
          rightSectionPointerEvents="all"
          rightSection={
            value && (
              <IconButton label={t("records.case.unlink")} onClick={() => onChange(null)}>
                <Icon name="x" size={14} />
              </IconButton>
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options
          aria-label={t("records.case.chooseCustomer")}
          mah="20rem"
          style={{ overflowY: "auto" }}
        >
          {found.map((customer) => (
            <Combobox.Option key={customer.id} value={customer.id}>
              {fullName(customer) || t("records.customer.unnamed")} ·{" "}
              {customer.emails?.[0] ?? customer.account_number}
            </Combobox.Option>
          ))}
          {query.data && found.length === 0 && (
            <Combobox.Empty>{t("records.customer.nobody")}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
