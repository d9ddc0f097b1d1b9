import i18next from "i18next";
import type { T } from "../i18n";

/** detailText says more of why a CRM outside did not do something: in our words where they are ours, else in its own, as a quotation. */
export function detailText(t: T, detail: string): string {
  if (!detail) return "";
  const signIn = "sign_in: ";
  if (detail.startsWith(signIn))
    return t("crm.detail.sign_in", { what: detailText(t, detail.slice(signIn.length)) });
  const key = `crm.detail.${detail}`;
  return /^[a-z_]+$/.test(detail) && i18next.exists(key, { ns: "app" })
    ? (t as (key: string) => string)(key)
    : t("crm.quoted", { words: detail });
}
