import { PasswordInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./Setup.module.css";
import type { StepProps } from "./StepProps";
import { loginFrom, passwordMin } from "./wizard";

/** YouStep makes the first administrator. */
export function YouStep({ answers, fault, set }: StepProps) {
  const { t } = useTranslation();
  const rename = (display_name: string) => {
    const followed = answers.login === "" || answers.login === loginFrom(answers.display_name);
    set({ display_name, ...(followed ? { login: loginFrom(display_name) } : {}) });
  };
  return (
    <div className={styles.fields}>
      <p className={styles.about}>{t("setup.you")}</p>
      <TextInput
        label={t("setup.name")}
        description={t("setup.nameHint")}
        value={answers.display_name}
        error={fault("display_name")}
        autoComplete="name"
        onChange={(e) => rename(e.currentTarget.value)}
        autoFocus
      />
      <TextInput
        label={t("login.name")}
        value={answers.login}
        error={fault("login")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(e) => set({ login: e.currentTarget.value })}
      />
      <PasswordInput
        label={t("login.password")}
        description={t("setup.passwordHint", { n: passwordMin })}
        value={answers.password}
        error={fault("password")}
        autoComplete="new-password"
        onChange={(e) => set({ password: e.currentTarget.value })}
      />
    </div>
  );
}
