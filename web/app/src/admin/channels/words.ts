import { useTranslation } from "react-i18next";
import { countryName } from "./countries";
import type { Provider } from "./types";

/** useWords puts what a network's form names into words; what nobody named yet is shown as it is. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const word = (key: string, plain: string) =>
    i18n.exists(key) ? (t as (key: string) => string)(key) : plain;
  return {
    /** Ours has a name in each language; a network's is its own. */
    provider: (p: Provider) => word(`channel.provider.${p.provider}`, p.name),
    field: (name: string) => word(`channel.field.${name}`, name),
    /** How a line of a network's form is written, "" if nobody named it. */
    form: (p: Provider, name: string) =>
      word(`admin.network.form.${p.provider}_${name}`, "") || word(`admin.network.form.${name}`, ""),
    option: (field: string, value: string) => word(`admin.network.option.${field}.${value}`, value),
    /** Why something is odd: ours is in words, what a network's reader noted stands as it is. */
    odd: (why: string) => {
      const [code = "", detail = ""] = why.split(" ");
      const key = `admin.network.oddWhy.${code}`;
      if (!i18n.exists(key)) return why;
      return (t as (key: string, values: object) => string)(key, { detail: detail && countryName(detail) });
    },
    /** What went wrong, for whoever can mend it, and the network's own words. */
    fault: (code: string, detail = "") => {
      const said = word(`admin.network.reason.${code}`, word(`talk.reason.${code}`, code));
      return detail ? `${said} ${t("admin.network.itSaid", { detail })}` : said;
    },
  };
}
