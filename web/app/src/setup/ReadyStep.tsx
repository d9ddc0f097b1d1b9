import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Facts } from "../parts/Facts";
import styles from "./Setup.module.css";
import type { Answers } from "./wizard";

interface ReadyStepProps {
  answers: Answers;
  token: string;
  onToken: (text: string) => void;
}

/** ReadyStep shows the answers once more; without the server's link it asks for it. */
export function ReadyStep({ answers, token, onToken }: ReadyStepProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <Facts
        rows={[
          [t("setup.center"), answers.center],
          [t("setup.zone"), answers.zone],
          [t("setup.name"), answers.display_name],
          [t("login.name"), answers.login],
          [t("setup.language"), t(answers.language === "en" ? "header.english" : "header.french")],
        ]}
      />
      {!window.location.hash && (
        <TextInput
          label={t("setup.token")}
          description={t("setup.tokenHint")}
          value={token}
          autoComplete="off"
          spellCheck={false}
          onChange={(e) => onToken(e.currentTarget.value)}
        />
      )}
      <p className={styles.about}>{t("setup.then")}</p>
    </div>
  );
}
