import type { Ref } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { useChoices } from "../parts/useChoices";
import { FindField, useAsking } from "./FindField";
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
  const asking = useAsking();
  const query = useChoices(asking.asked, asking.text !== null);
  const found = query.data?.items.filter((c) => c.id !== without);
  return (
    <FindField
      label={label ?? t("records.case.field.customer")}
      placeholder={t("records.case.chooseCustomer")}
      value={value ? value.name || t("records.customer.unnamed") : ""}
      error={error}
      asking={asking}
      found={found?.map((c) => ({
        id: c.id,
        label: `${fullName(c) || t("records.customer.unnamed")} · ${c.emails?.[0] ?? c.account_number}`,
      }))}
      nothing={t("records.customer.nobody")}
      clear={t("records.case.unlink")}
      onChange={(id) => {
        const one = found?.find((c) => c.id === id);
        onChange(one ? { id: one.id, name: fullName(one) || one.account_number } : null);
      }}
    />
  );
}
