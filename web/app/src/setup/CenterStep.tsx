import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { zones } from "../i18n/zones";
import styles from "./Setup.module.css";
import type { StepProps } from "./StepProps";

/** CenterStep names the center and says where its day begins. */
export function CenterStep({ answers, fault, set }: StepProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <TextInput
        label={t("setup.center")}
        description={t("setup.centerHint")}
        value={answers.center}
        error={fault("center")}
        autoComplete="organization"
        onChange={(e) => set({ center: e.currentTarget.value })}
        autoFocus
      />
      <Select
        label={t("setup.zone")}
        description={t("setup.zoneHint")}
        data={zones(answers.zone)}
        value={answers.zone}
        error={fault("zone")}
        searchable
        limit={100}
        allowDeselect={false}
        onChange={(zone) => set({ zone: zone ?? answers.zone })}
      />
    </div>
  );
}
