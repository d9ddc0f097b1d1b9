import { Stepper } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../api/client";
import { setLanguage, toLanguage } from "../i18n";
import { fieldText, problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { CenterStep } from "./CenterStep";
import { LanguageStep } from "./LanguageStep";
import { ReadyStep } from "./ReadyStep";
import styles from "./Setup.module.css";
import type { StepProps } from "./StepProps";
import { type Answers, missing, stepOf, steps, tokenIn } from "./wizard";
import { YouStep } from "./YouStep";

const first = (): Answers => ({
  language: toLanguage(navigator.language),
  display_name: "",
  login: "",
  password: "",
  center: "",
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** useWizard keeps the answers and the step; it begins the center when all are there. */
function useWizard(onReady: () => void) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const [token, setToken] = useState(() => tokenIn(window.location.hash));
  const [answers, setAnswers] = useState(first);
  const [error, setError] = useState<ApiError | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const step = steps[at] ?? "ready";
  const lacks = missing(step, answers);

  const fault = (field: keyof Answers) => {
    const refused = error?.fields.find((f) => f.field === field);
    if (refused) return fieldText(t, refused.code);
    if (!tried || !lacks.includes(field)) return undefined;
    return t(field === "password" ? "setup.passwordShort" : "field.required");
  };
  const set = (change: Partial<Answers>) => {
    setError(null);
    setAnswers((a) => ({ ...a, ...change }));
    if (change.language) void setLanguage(change.language);
  };
  const go = (to: number) => {
    setTried(false);
    setAt(to);
  };
  const begin = async () => {
    setBusy(true);
    try {
      await api.post("/api/setup", { token, ...answers });
      window.history.replaceState(null, "", "/admin"); // where the rest is made
      await api.post("/api/session", { login: answers.login, password: answers.password });
      onReady();
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
      if (cause.code === "forbidden") window.history.replaceState(null, "", "/setup"); // asks for the link
      if (cause.fields.length > 0) setAt(steps.indexOf(stepOf(cause.fields.map((f) => f.field))));
    } finally {
      setBusy(false);
    }
  };
  const next = () => {
    if (lacks.length > 0) setTried(true);
    else if (step === "ready") void begin();
    else go(at + 1);
  };
  return {
    at,
    step,
    go,
    next,
    busy,
    error,
    token,
    setToken,
    props: { answers, fault, set } satisfies StepProps,
  };
}

/** SetupArea begins a center: its language, its first administrator, its name. Source: A-093, UX-78. */
export function SetupArea({ onReady }: { onReady: () => void }) {
  const { t } = useTranslation();
  const { at, step, go, next, busy, error, token, setToken, props } = useWizard(onReady);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    next();
  };
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit} noValidate>
        <h1 className={styles.title}>{t("setup.title")}</h1>
        <Stepper active={at} onStepClick={(to) => to < at && go(to)} size="xs" iconSize={28}>
          {steps.map((name, n) => (
            <Stepper.Step
              key={name}
              className={n === at ? "" : styles.other}
              label={t(`setup.step.${name}`)}
              allowStepSelect={n < at}
            />
          ))}
        </Stepper>
        {step === "language" && <LanguageStep {...props} />}
        {step === "you" && <YouStep {...props} />}
        {step === "center" && <CenterStep {...props} />}
        {step === "ready" && (
          <ReadyStep answers={props.answers} token={token} onToken={(text) => setToken(tokenIn(text))} />
        )}
        {error && error.fields.length === 0 && (
          <p className={styles.error} role="alert">
            {error.code === "forbidden" ? t("setup.wrongToken") : problemText(t, error)}
          </p>
        )}
        <div className={styles.buttons}>
          {at > 0 && <Button onClick={() => go(at - 1)}>{t("action.back")}</Button>}
          <Button
            type="submit"
            look="main"
            busy={busy}
            why={step === "ready" && token === "" ? t("why.fillIn", { field: t("setup.token") }) : ""}
          >
            {step === "ready" ? t("setup.begin") : t("action.continue")}
          </Button>
        </div>
      </form>
    </main>
  );
}
