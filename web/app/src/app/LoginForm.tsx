import { Alert, Modal, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../api/client";
import { useFloor } from "../live/floor";
import { problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import css from "./Login.module.css";
import { SSOButton } from "./SSOButton";
import type { Away } from "./session";

interface LoginFormProps {
  away: Away;
  /** Without a frame of its own: it lies in a dialog. */
  bare?: boolean;
  /** What the identity provider is called; "" if there is none. */
  sso: string;
  /** Who was signed in here; may be changed. */
  name: string;
  /** A person of the demo center to sign in at once. */
  person: { login: string } | null;
  onSignedIn: () => Promise<void>;
}

const awayWords = {
  signed_out: "login.signedOut",
  taken_over: "login.takenOver",
  revoked: "login.revoked",
  again: "login.again",
} as const;

/** missingIn names the fields that are empty, by their names, and what to say about each in our own words. */
export function missingIn(login: string, password: string) {
  return {
    ...(login.trim() === "" && { username: "login.nameMissing" as const }),
    ...(password === "" && { password: "login.passwordMissing" as const }),
  };
}

/** LoginForm signs a person in; if they are signed in elsewhere, it asks before taking over (SEC-08). */
export function LoginForm({ away, bare, sso, name, person, onSignedIn }: LoginFormProps) {
  const { t } = useTranslation();
  const by = useFloor((w) => w.endedBy);
  const [login, setLogin] = useState(name);
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>();
  const [elsewhere, setElsewhere] = useState<(() => void) | null>(null);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const lacks = asked ? missingIn(login, password) : {};

  async function signIn(who: { login: string; password: string }, takeOver: boolean) {
    setBusy(true);
    setError(undefined);
    setElsewhere(null);
    try {
      await api.post("/api/session", { ...who, take_over: takeOver });
      await onSignedIn();
    } catch (problem) {
      if (problem instanceof ApiError && problem.code === "session_elsewhere")
        setElsewhere(() => () => void signIn(who, true));
      else setError(problem);
    } finally {
      setBusy(false);
    }
  }

  const latest = useRef(signIn);
  latest.current = signIn;

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    const [first] = Object.keys(missingIn(login, password));
    if (!first) return void signIn({ login, password }, false);
    (event.target as HTMLFormElement).querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  }

  useEffect(() => {
    if (!person) return;
    setLogin(person.login);
    setPassword("demo");
    latest.current({ login: person.login, password: "demo" }, false);
  }, [person]);

  return (
    <>
      <form className={bare ? css.bare : css.card} onSubmit={submit} noValidate aria-label={t("login.title")}>
        {away && (
          <Alert variant="light" color={away === "signed_out" ? "petrol" : "yellow"}>
            {away === "revoked" && by ? t("login.revokedBy", { name: by }) : t(awayWords[away])}
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
          autoFocus
          data-autofocus
          error={lacks.username && t(lacks.username)}
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
          error={lacks.password && t(lacks.password)}
          value={password}
          onChange={(e) => setPassword(e.currentTarget.value)}
        />
        <Button look="main" size="md" type="submit" wide busy={busy}>
          {t("login.submit")}
        </Button>
        {sso && (
          <SSOButton
            name={sso}
            beside={bare ?? false}
            onSignedIn={onSignedIn}
            onElsewhere={(again) => setElsewhere(() => again)}
            onProblem={setError}
          />
        )}
      </form>
      <Modal
        opened={elsewhere !== null}
        onClose={() => setElsewhere(null)}
        title={t("login.elsewhere")}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        <p>{t("login.elsewhereText")}</p>
        <div className={css.actions}>
          <Button onClick={() => setElsewhere(null)}>{t("action.cancel")}</Button>
          <Button look="main" data-autofocus onClick={() => elsewhere?.()}>
            {t("login.takeOver")}
          </Button>
        </div>
      </Modal>
    </>
  );
}
