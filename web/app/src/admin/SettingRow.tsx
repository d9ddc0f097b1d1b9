import { MultiSelect, NumberInput, PasswordInput, Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import type { Found } from "./resolve";
import styles from "./SettingRow.module.css";
import { unitOf, useSettingWords } from "./settingWords";
import type { SettingDef } from "./types";

interface SettingRowProps {
  def: SettingDef;
  /** What this scope sets itself; undefined or null if nothing. A secret that is set is null too. */
  own: unknown;
  inherited: Found;
  error: string | undefined;
  /** undefined unsets it. */
  onChange: (value: unknown) => void;
}

/** SettingRow is one setting: what it is set to here, or what it inherits and from whom. */
export function SettingRow({ def, own, inherited, error, onChange }: SettingRowProps) {
  const { t } = useTranslation();
  const words = useSettingWords();
  const [label, hint] = [words.name(def.key), words.hint(def.key)];
  const secretSet = def.type === "secret" && own === null;
  const isSet = secretSet || (own !== undefined && own !== null);
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <span className={styles.label}>{label}</span>
        {hint && <span className={styles.hint}>{hint}</span>}
        <span className={styles.from}>
          {isSet
            ? t("admin.settings.setHere", { value: words.shown(def, inherited.value) })
            : t(`admin.settings.from.${inherited.from}`, { value: words.shown(def, inherited.value) })}
        </span>
      </div>
      <div className={styles.control}>
        <Control
          def={def}
          label={label}
          value={isSet ? own : inherited.value}
          error={error}
          option={(value) => words.option(def, value)}
          onChange={onChange}
        />
        {isSet && (
          <Button
            size="xs"
            look="quiet"
            onClick={() => onChange(undefined)}
            aria-label={t("admin.settings.unsetOf", { name: label })}
          >
            {t("admin.settings.unset")}
          </Button>
        )}
      </div>
    </div>
  );
}

interface ControlProps {
  def: SettingDef;
  label: string;
  value: unknown;
  error: string | undefined;
  option: (value: string) => string;
  onChange: (value: unknown) => void;
}

function Control({ def, label, value, error, option, onChange }: ControlProps) {
  const { t } = useTranslation();
  const common = { "aria-label": label, error };
  const options = (def.options ?? []).map((o) => ({ value: o, label: option(o) }));
  switch (def.type) {
    case "bool":
      return (
        <Switch {...common} checked={value === true} onChange={(e) => onChange(e.currentTarget.checked)} />
      );
    case "int":
      return (
        <NumberInput
          {...common}
          value={value as number}
          min={def.min}
          max={def.max}
          clampBehavior="none"
          allowDecimal={false}
          suffix={` ${unitOf(t, def)}`}
          onChange={(n) => onChange(n === "" ? undefined : Number(n))}
        />
      );
    case "choice":
      return (
        <Select
          className={styles.choice}
          {...common}
          data={options}
          value={value as string}
          allowDeselect={false}
          onChange={onChange}
        />
      );
    case "choices":
      return (
        <MultiSelect
          {...common}
          data={options}
          value={value as string[]}
          onChange={onChange}
          searchable={options.length > 20}
        />
      );
    case "secret":
      return (
        <PasswordInput
          {...common}
          autoComplete="off"
          placeholder={value === "" ? "" : t("admin.settings.hidden")}
          value={typeof value === "string" ? value : ""}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          value={(value as string) ?? ""}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      );
  }
}
