import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { channels } from "../../parts/channels";
import { over } from "../../parts/over";
import { fieldText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import styles from "../Admin.module.css";
import type { Condition } from "../types";
import type { FieldsProps } from "./Fields";
import own from "./Scripts.module.css";

const fields = [
  "channel",
  "language",
  "text",
  "name",
  "email",
  "phone",
  "account_number",
  "case_number",
  "question",
  "customer",
  "open_case",
  "previous_interaction",
] as const;

const ops = ["is", "is_not", "contains", "starts_with", "empty", "not_empty"] as const;

/** asksNothing reports whether a comparison stands without a value. */
const asksNothing = (op: string) => op === "empty" || op === "not_empty";

/** What a field can be, where that is known. */
const values: Partial<Record<string, readonly string[]>> = {
  channel: channels,
  language: ["en", "fr-CA"],
  customer: ["known", "new"],
  open_case: ["yes", "no"],
  previous_interaction: ["yes", "no"],
};

/** The choice that stands for a variable of the site's: its name follows a $. */
const variable = "$";
const named = /^\$[A-Za-z_]\w*$/;

/** useValueName returns the word for what a field can be. */
function useValueName(): (field: string, value: string) => string {
  const { t } = useTranslation();
  return (field, value) => {
    switch (field) {
      case "channel":
        return t(`channel.${value as "webchat"}`);
      case "language":
        return t(`admin.language.${value as "en"}`);
      case "customer":
        return t(`scripts.who.${value as "new"}`);
    }
    return t(`scripts.yesNo.${value as "yes"}`);
  };
}

/** ConditionFields are the tests that must all hold for "yes". */
export function ConditionFields({ object, fault, set }: FieldsProps) {
  const { t } = useTranslation();
  const valueName = useValueName();
  const tests = object.tests ?? [];
  const change = (at: number, next: Partial<Condition>) =>
    set({ tests: tests.map((test, n) => (n === at ? { ...test, ...next } : test)) });
  return (
    <>
      {fault("tests") && <p className={styles.fault}>{fault("tests")}</p>}
      {tests.map((test, at) => (
        <div key={at} className={own.part}>
          <Select
            label={t("scripts.field")}
            data={[
              ...fields.map((value) => ({ value, label: t(`scripts.fields.${value}`) })),
              { value: variable, label: t("scripts.variable") },
            ]}
            value={test.field.startsWith(variable) ? variable : test.field}
            allowDeselect={false}
            onChange={(field) =>
              change(at, { field: field ?? test.field, value: values[field ?? ""]?.[0] ?? "" })
            }
          />
          {test.field.startsWith(variable) && (
            <TextInput
              label={t("scripts.variableName")}
              leftSection={variable}
              value={test.field.slice(1)}
              error={
                over(t, test.field.slice(1), 40) ??
                (test.field === variable
                  ? fault(`tests[${at}].field`) && fieldText(t, "required")
                  : named.test(test.field)
                    ? undefined
                    : t("scripts.variableHint"))
              }
              onChange={(e) => change(at, { field: variable + e.currentTarget.value.replace(/^\$+/, "") })}
            />
          )}
          <Select
            label={t("scripts.op")}
            data={ops.map((value) => ({ value, label: t(`scripts.ops.${value}`) }))}
            value={test.op}
            allowDeselect={false}
            onChange={(op) => change(at, { op: op ?? test.op })}
          />
          {asksNothing(test.op) ? null : values[test.field] ? (
            <Select
              label={t("scripts.value")}
              data={values[test.field]!.map((value) => ({ value, label: valueName(test.field, value) }))}
              value={test.value}
              allowDeselect={false}
              onChange={(value) => change(at, { value: value ?? test.value })}
            />
          ) : (
            <TextInput
              label={t("scripts.value")}
              value={test.value}
              error={over(t, test.value, 200) ?? fault(`tests[${at}].value`)}
              onChange={(e) => change(at, { value: e.currentTarget.value })}
            />
          )}
          <div>
            <IconButton
              label={t("admin.removeOf", { name: t("scripts.object.test") })}
              onClick={() => set({ tests: tests.filter((_, n) => n !== at) })}
            >
              <Icon name="x" size={16} />
            </IconButton>
          </div>
        </div>
      ))}
      <div className={styles.row}>
        <Button
          size="xs"
          look="soft"
          icon={<Icon name="plus" size={14} />}
          onClick={() => set({ tests: [...tests, { field: "text", op: "contains", value: "" }] })}
        >
          {t("scripts.addTest")}
        </Button>
      </div>
    </>
  );
}
