import { useTranslation } from "react-i18next";
import { Card } from "../ui/Card";
import styles from "./Admin.module.css";
import type { ScriptPart } from "./ScriptPart";
import { noWords } from "./scripts/flow";
import { WordsFields } from "./scripts/WordsFields";

/** titleMax is how long a window's title may be. Unit: code points. */
const titleMax = 30;

interface EntryTextsProps extends ScriptPart {
  /** There is a window with a title: the widget's. */
  titled?: boolean;
  /** It is texted: HELP has an answer. */
  texted?: boolean;
}

/** EntryTexts edits what customers read by themselves, in both languages. Source: SCR-01, SCR-03, SMS-09. */
export function EntryTexts({ script, fault, set, titled, texted }: EntryTextsProps) {
  const { t } = useTranslation();
  const left = (text: string) => t("admin.entry.most", { n: titleMax, left: titleMax - [...text].length });
  const pair = (field: "title" | "greeting" | "closed") => (
    <WordsFields
      label={t(`admin.entry.${field}`)}
      value={script[field]}
      error={fault(`${field}.en`) ?? fault(field)}
      errorFR={fault(`${field}.fr`)}
      {...(field === "title" && { about: left, rows: 1 })}
      onChange={(words) => set({ [field]: words })}
    />
  );
  const auto = (moment: keyof NonNullable<typeof script.texts>) => (
    <WordsFields
      key={moment}
      label={t(`scripts.auto.${moment}`)}
      value={script.texts?.[moment] ?? noWords}
      error={fault(`texts.${moment}.en`)}
      errorFR={fault(`texts.${moment}.fr`)}
      onChange={(words) => set({ texts: { ...script.texts, [moment]: words } })}
    />
  );
  return (
    <Card about={t("admin.entry.textsAbout")}>
      {titled && pair("title")}
      {pair("greeting")}
      {pair("closed")}
      <p className={styles.quiet}>{t("scripts.auto.about")}</p>
      {(["joined", "transferred", "away", "ended"] as const).map(auto)}
      {texted && (
        <>
          <p className={styles.quiet}>{t("scripts.auto.helpAbout")}</p>
          {auto("help")}
        </>
      )}
    </Card>
  );
}
