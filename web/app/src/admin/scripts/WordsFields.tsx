import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { over } from "../../parts/over";
import styles from "../Admin.module.css";
import type { Words } from "../types";

interface WordsFieldsProps {
  label: string;
  value: Words;
  error?: string | undefined;
  /** What is wrong with the French alone. */
  errorFR?: string | undefined;
  /** A line below a text, from what it says. */
  about?: (text: string) => string;
  rows?: number;
  onChange: (words: Words) => void;
}

/** WordsFields is a text in both languages; without French, the English is said. Source: SCR-02. */
export function WordsFields({ label, value, error, errorFR, about, rows = 2, onChange }: WordsFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      {(["en", "fr"] as const).map((language) => (
        <Textarea
          key={language}
          label={t("scripts.textIn", {
            text: label,
            language: t(`admin.language.${language === "fr" ? "fr-CA" : "en"}`),
          })}
          description={about?.(value[language])}
          value={value[language]}
          error={over(t, value[language], 2000) ?? (language === "en" ? error : errorFR)}
          autosize
          minRows={rows}
          placeholder={language === "fr" && value.en ? t("scripts.asInEnglish") : undefined}
          lang={language === "fr" ? "fr-CA" : "en"}
          onChange={(e) => onChange({ ...value, [language]: e.currentTarget.value })}
        />
      ))}
    </div>
  );
}
