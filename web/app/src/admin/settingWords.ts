import { useTranslation } from "react-i18next";
import type { T } from "../i18n";
import { countryName } from "./channels/countries";
import type { SettingDef } from "./types";

const units = {
  seconds: "admin.unit.s",
  days: "admin.unit.days",
  "code points": "admin.unit.chars",
} as const;

/** unitOf is what a setting is counted in, "" for a mere number. */
export function unitOf(t: T, def: SettingDef): string {
  const unit = units[def.unit as keyof typeof units];
  return unit ? t(unit) : "";
}

/** useSettingWords says what settings, what they may be, and what they are set to is called. */
export function useSettingWords() {
  const { t, i18n } = useTranslation();
  const word = (name: string) => (t as (key: string) => string)(name);
  const option = (def: SettingDef, value: string) => {
    if (def.unit === "country") return countryName(value);
    return i18n.exists(`admin.option.${value}`) ? word(`admin.option.${value}`) : value;
  };
  return {
    /** The name of a setting; its key where nobody named it. */
    name: (key: string) => {
      const at = `admin.set.${key.replaceAll(".", "_")}`;
      return i18n.exists(at) ? word(at) : key;
    },
    hint: (key: string) => {
      const at = `admin.setHint.${key.replaceAll(".", "_")}`;
      return i18n.exists(at) ? word(at) : undefined;
    },
    option,
    /** A value as it is read; a secret never is. */
    shown: (def: SettingDef, value: unknown): string => {
      if (def.type === "secret" && value !== "") return t("admin.settings.hidden");
      if (typeof value === "boolean") return t(value ? "editor.yes" : "editor.no");
      if (Array.isArray(value)) return value.map((v) => option(def, v)).join(", ") || t("editor.emptyValue");
      if (value === "" || value === null || value === undefined) return t("editor.emptyValue");
      return typeof value === "string" ? option(def, value) : `${value} ${unitOf(t, def)}`.trim();
    },
  };
}
