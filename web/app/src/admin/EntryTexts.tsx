import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Card } from "../ui/Card";
import styles from "./Admin.module.css";
import type { ScriptPart } from "./ScriptPart";
import { noWords } from "./scripts/flow";
import { WordsFields } from "./scripts/WordsFields";
import type { Words } from "./types";

interface EntryTextsProps extends ScriptPart {
  /** There is a window with a title: the widget's. */
  titled?: boolean;
}

/** EntryTexts edits what customers read by themselves, in both languages. Source: SCR-01, SCR-03. */
export function EntryTexts({ script, fault, set, titled }: EntryTextsProps) {
  const { t } = useTranslation();
  const pair = (field: "title" | "greeting" | "closed", most?: number) => (
    <div className={styles.fields}>
      {(["en", "fr"] as const).map((language) => (
        <Textarea
          key={language}
          label={t(`admin.entry.${field}_${language}`)}
          description={
            most
              ? t("admin.entry.most", { n: most, left: most - [...script[field][language]].length })
              : undefined
          }
          error={fault(`${field}.${language}`) ?? fault(field)}
          lang={language === "fr" ? "fr-CA" : "en"}
          value={script[field][language]}
          autosize
          minRows={field === "title" ? 1 : 2}
          onChange={(e) => set({ [field]: { ...script[field], [language]: e.currentTarget.value } as Words })}
        />
      ))}
    </div>
  );
  return (
    <Card about={t("admin.entry.textsAbout")}>
      {titled && pair("title", 30)}
      {pair("greeting")}
      {pair("closed")}
      <p className={styles.quiet}>{t("scripts.auto.about")}</p>
      {(["joined", "transferred", "away", "ended"] as const).map((moment) => (
        <WordsFields
          key={moment}
          label={t(`scripts.auto.${moment}`)}
          value={script.texts?.[moment] ?? noWords}
          error={fault(`texts.${moment}.en`) ?? fault(`texts.${moment}.fr`)}
          onChange={(words) => set({ texts: { ...script.texts, [moment]: words } })}
        />
      ))}
    </Card>
  );
}
