import { useTranslation } from "react-i18next";

/** useWords puts what a network's form names into words; what nobody named yet is shown as it is. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const word = (key: string, plain: string) =>
    i18n.exists(key) ? (t as (key: string) => string)(key) : plain;
  return {
    field: (name: string) => word(`channel.field.${name}`, name),
    option: (field: string, value: string) => word(`admin.network.option.${field}.${value}`, value),
    reason: (code: string) => word(`talk.reason.${code}`, code),
  };
}
