import { Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./Setup.module.css";
import type { StepProps } from "./StepProps";

/** LanguageStep chooses the language of the first administrator; the page changes at once. */
export function LanguageStep({ answers, set }: StepProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t("setup.language")}
      description={t("setup.languageHint")}
      value={answers.language}
      onChange={(language) => set({ language: language as "en" | "fr-CA" })}
    >
      <div className={styles.choices}>
        <Radio value="en" label={t("header.english")} />
        <Radio value="fr-CA" label={t("header.french")} />
      </div>
    </Radio.Group>
  );
}
