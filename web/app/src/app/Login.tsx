import { Alert, Modal, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../api/client";
import { problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { DemoPeople } from "./DemoPeople";
import { LanguageSwitch } from "./LanguageSwitch";
import css from "./Login.module.css";
import { Mark } from "./Mark";
import type { Away } from "./session";

interface LoginProps {
  away: Away;
  demo: boolean;
  onSignedIn: () => Promise<void>;
}

const awayWords = {
  signed_out: "login.signedOut",
  taken_over: "login.takenOver",
  revoked: "login.revoked",
  again: "login.again",
} as const;

/** Login signs a person in; if they are signed in elsewhere, it asks before taking over (SEC-08). */
export function Login({ away, demo, onSignedIn }: LoginProps) {
  const { t } = useTranslation();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>();
  const [elsewhere, setElsewhere] = useState(false);
  const [busy, setBusy] = useState(false);

  async function signIn(who: { login: string; password: string }, takeOver: boolean) {
    setBusy(true);
    setError(undefined);
    setElsewhere(false);
    try {
      await api.post("/api/session", { ...who, take_over: takeOver });
      await onSignedIn();
    } catch (problem) {
      if (problem instanceof ApiError && problem.code === "session_elsewhere") setElsewhere(true);
      else setError(problem);
    } finally {
      setBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void signIn({ login, password }, false);
  }

  function choose(name: string) {
    setLogin(name);
    setPassword("demo");
    void signIn({ login: name, password: "demo" }, false);
  }

  return (
    <div className={css.page}>
      <header className={css.top}>
        <LanguageSwitch />
      </header>
      <main className={css.main}>
        <Mark size={44} />
        <h1 className={css.title}>{t("product")}</h1>
        <p className={css.lead}>{t("login.lead")}</p>
        <form className={css.card} onSubmit={submit} aria-label={t("login.title")}>
          {away && (
            <Alert variant="light" color={away === "signed_out" ? "petrol" : "yellow"}>
              {t(awayWords[away])}
            </Alert>
          )}
          {error !== undefined && (
            <Alert variant="light" color="red" role="alert">
              {problemText(t, error)}
            </Alert>
          )}
          <TextInput
            label={t("login.name")}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            size="md"
            required
            withAsterisk={false}
            data-autofocus
            value={login}
            onChange={(e) => setLogin(e.currentTarget.value)}
          />
          <PasswordInput
            label={t("login.password")}
            name="password"
            autoComplete="current-password"
            size="md"
            required
            withAsterisk={false}
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
          />
          <Button look="main" size="md" type="submit" wide busy={busy}>
            {t("login.submit")}
          </Button>
        </form>
        {demo && <DemoPeople onChoose={choose} />}
      </main>
      <Modal opened={elsewhere} onClose={() => setElsewhere(false)} title={t("login.elsewhere")}>
        <p>{t("login.elsewhereText")}</p>
        <div className={css.actions}>
          <Button onClick={() => setElsewhere(false)}>{t("action.cancel")}</Button>
          <Button look="main" data-autofocus onClick={() => void signIn({ login, password }, true)}>
            {t("login.takeOver")}
          </Button>
        </div>
      </Modal>
    </div>
  );
}
