import { useTranslation } from "react-i18next";
import { countryName } from "./countries";
import type { Provider } from "./types";

/** useWords puts what a network's form names into words; what nobody named yet is shown as it is. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const word = (key: string, plain: string) =>
    i18n.exists(key) ? (t as (key: string) => string)(key) : plain;
  const field = (name: string) =>
    name === "base_url" ? t("admin.network.base_url") : word(`channel.field.${name}`, name);
  /** A reason of ours in words: it is a word, and what it is about. "" if it is none of ours. */
  const ours = (reason: string) => {
    const [code = ""] = reason.split(" ", 1);
    const key = `admin.network.why.${code}`;
    if (!/^[a-z_]+$/.test(code) || !i18n.exists(key)) return "";
    const about = reason.slice(code.length + 1);
    const named = code === "country_not_allowed" ? countryName : code.endsWith("_field") ? field : String;
    return (t as (key: string, values: object) => string)(key, { detail: about && named(about) });
  };
  /** Why, for whoever can mend it: a network's own words are quoted. */
  const said = (detail: string) => ours(detail) || (detail && t("admin.network.itSaid", { detail }));
  return {
    /** Ours has a name in each language; a network's is its own. */
    provider: (p: Provider) => word(`channel.provider.${p.provider}`, p.name),
    field,
    /** How a line of a network's form is written, "" if nobody named it. */
    form: (p: Provider, name: string) =>
      word(`admin.network.form.${p.provider}_${name}`, "") || word(`admin.network.form.${name}`, ""),
    option: (field: string, value: string) => word(`admin.network.option.${field}.${value}`, value),
    odd: (why: string) => ours(why) || why,
    said,
    /** What went wrong. Of a set-up that we know to be wrong, our reason says all. */
    fault: (code: string, detail = "") => {
      if (code === "config" && ours(detail)) return ours(detail);
      const what = word(`admin.network.reason.${code}`, word(`talk.reason.${code}`, code));
      return `${what} ${said(detail)}`.trim();
    },
  };
}
