import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { over } from "../../parts/over";
import styles from "../Admin.module.css";
import type { FlowObject } from "../types";
import { useNames } from "../useConfig";
import { CalendarFields } from "./CalendarFields";
import { ConditionFields } from "./ConditionFields";
import { noWords } from "./flow";
import { MenuFields } from "./MenuFields";
import { NeedFields } from "./NeedFields";
import { WaitingFields } from "./WaitingFields";
import { WordsFields } from "./WordsFields";

export interface FieldsProps {
  object: FlowObject;
  fault: (field: string) => string | undefined;
  set: (change: Partial<FlowObject>) => void;
}

/** Fields is the form of an object, by its kind. Source: SCR-02. */
export function Fields(p: FieldsProps) {
  const { object, fault, set } = p;
  const { t } = useTranslation();
  const words = (
    <WordsFields
      label={t("scripts.text")}
      value={object.text ?? noWords}
      error={fault("text.en")}
      errorFR={fault("text.fr")}
      onChange={(text) => set({ text })}
    />
  );
  switch (object.kind) {
    case "schedule":
      return <CalendarFields {...p} />;
    case "menu":
      return (
        <>
          {words}
          <MenuFields {...p} />
        </>
      );
    case "test":
      return <ConditionFields {...p} />;
    case "set":
      return (
        <>
          <NeedFields {...p} />
          <NumberInput
            label={t("scripts.priority")}
            description={t("scripts.priorityHint")}
            className={styles.search}
            value={object.priority ?? 0}
            min={0}
            max={1000}
            error={fault("priority")}
            onChange={(n) => set({ priority: Number(n) || 0 })}
          />
        </>
      );
    case "language":
      return (
        <Select
          label={t("scripts.language")}
          className={styles.search}
          data={(["en", "fr-CA"] as const).map((value) => ({ value, label: t(`admin.language.${value}`) }))}
          value={object.language ?? null}
          allowDeselect={false}
          error={fault("language")}
          onChange={(language) => set({ language: language ?? "en" })}
        />
      );
    case "forward":
      return <Forward {...p} />;
    case "skip":
    case "offline":
      return (
        <>
          {words}
          <Switch
            label={t("scripts.form")}
            description={t("scripts.formHint")}
            checked={object.form ?? false}
            onChange={(e) => set({ form: e.currentTarget.checked })}
          />
          {object.kind === "skip" && (
            <TextInput
              type="email"
              label={t("scripts.mail")}
              description={t("scripts.mailHint")}
              className={styles.search}
              value={object.mail ?? ""}
              error={over(t, object.mail ?? "", 254) ?? fault("mail")}
              onChange={(e) => set({ mail: e.currentTarget.value.trim() })}
            />
          )}
        </>
      );
    case "say":
    case "end":
      return words;
    default:
      return null;
  }
}

function Forward(p: FieldsProps) {
  const { t } = useTranslation();
  const queues = useNames("queues");
  return (
    <>
      <Select
        label={t("scripts.queue")}
        withAsterisk
        className={styles.search}
        data={queues.map(([value, label]) => ({ value, label }))}
        value={p.object.queue || null}
        error={p.fault("queue")}
        allowDeselect={false}
        searchable={queues.length > 8}
        onChange={(queue) => p.set({ queue: queue ?? "" })}
      />
      <WaitingFields {...p} />
    </>
  );
}
