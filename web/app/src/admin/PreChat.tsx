import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import styles from "./Admin.module.css";
import { Ordered } from "./Ordered";
import type { ScriptPart } from "./ScriptPart";
import { noWords } from "./scripts/flow";
import { WordsFields } from "./scripts/WordsFields";
import { formFields } from "./types";

/** PreChat edits what a customer is asked before the chat, in order, and what they must agree to. Source: SCR-05. */
export function PreChat({ script, fault, set }: ScriptPart) {
  const { t } = useTranslation();
  const form = script.form ?? [];
  const left = formFields.filter((name) => !form.some((field) => field.name === name));
  return (
    <>
      <Card about={t("admin.entry.formAbout")}>
        {fault("form") && <p className={styles.fault}>{fault("form")}</p>}
        {form.length === 0 && <p className={styles.quiet}>{t("admin.entry.noForm")}</p>}
        <Ordered
          items={form}
          id={(field) => field.name}
          name={(field) => t(`admin.formField.${field.name}`)}
          onChange={(next) => set({ form: next })}
          removable
        >
          {(field, index) => (
            <div className={styles.row}>
              <span className={styles.grow}>{t(`admin.formField.${field.name}`)}</span>
              <Switch
                label={t("admin.entry.required")}
                aria-label={t("admin.entry.requiredOf", { name: t(`admin.formField.${field.name}`) })}
                checked={field.required}
                onChange={(e) =>
                  set({
                    form: form.map((f, n) => (n === index ? { ...f, required: e.currentTarget.checked } : f)),
                  })
                }
              />
            </div>
          )}
        </Ordered>
        <div className={styles.row}>
          {left.map((name) => (
            <Button
              key={name}
              size="xs"
              look="soft"
              icon={<Icon name="plus" size={14} />}
              onClick={() => set({ form: [...form, { name, required: false }] })}
            >
              {t(`admin.formField.${name}`)}
            </Button>
          ))}
        </div>
      </Card>
      <Card title={t("admin.entry.consent")} about={t("admin.entry.consentAbout")}>
        <WordsFields
          label={t("admin.entry.consent")}
          value={script.consent ?? noWords}
          error={fault("consent.en")}
          errorFR={fault("consent.fr")}
          onChange={(consent) => set({ consent })}
        />
      </Card>
    </>
  );
}
