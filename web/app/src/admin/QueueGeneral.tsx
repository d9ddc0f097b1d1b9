import { NumberInput, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Card } from "../ui/Card";
import styles from "./Admin.module.css";
import type { Queue } from "./types";
import type { useBind } from "./useBind";

/** QueueGeneral is what a queue is called and how it goes among the others. Source: QUE-05, RTE-05, RTE-06. */
export function QueueGeneral({ form }: { form: ReturnType<typeof useBind<Queue>> }) {
  const { t } = useTranslation();
  return (
    <Card>
      <div className={styles.fields}>
        <TextInput {...form.text("name")} required />
        <NumberInput {...form.number("priority")} min={1} max={10} />
        <Textarea className={styles.whole} {...form.text("description")} autosize minRows={2} maxRows={12} />
        <Select
          {...form.choice("policy", [
            ["skill_then_load_then_idle", t("admin.policy.skill_then_load_then_idle")],
            ["skill_then_idle", t("admin.policy.skill_then_idle")],
          ])}
          allowDeselect={false}
        />
        <Select
          {...form.choice("language", [
            ["en", t("admin.language.en")],
            ["fr-CA", t("admin.language.fr-CA")],
          ])}
          placeholder={t("admin.language.any")}
          clearable
        />
        <Switch {...form.flag("enabled")} />
      </div>
    </Card>
  );
}
