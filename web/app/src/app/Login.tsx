import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { title } from "../ui/title";
import { DemoPeople } from "./DemoPeople";
import { LanguageSwitch } from "./LanguageSwitch";
import css from "./Login.module.css";
import { LoginForm } from "./LoginForm";
import { Mark } from "./Mark";
import type { Away } from "./session";
import { cameBack } from "./sso";

interface LoginProps {
  away: Away;
  demo: boolean;
  sso: string;
  onSignedIn: () => Promise<void>;
}

/** Login is the sign-in page. */
export function Login({ away, demo, sso, onSignedIn }: LoginProps) {
  const { t } = useTranslation();
  const name = t("login.title");
  useEffect(() => title("place", name), [name]);
  const [person, setPerson] = useState<{ login: string } | null>(null);
  return (
    <div className={css.page}>
      <header className={css.top}>
        <LanguageSwitch />
      </header>
      <main className={css.main}>
        <Mark size={44} />
        <h1 className={css.title}>{t("product")}</h1>
        <p className={css.lead}>{t("login.lead")}</p>
        <LoginForm
          away={away}
          sso={sso}
          name={demo && !cameBack() ? location.hash.slice(1) : ""}
          person={person}
          onSignedIn={onSignedIn}
        />
        {demo && <DemoPeople onChoose={(login) => setPerson({ login })} />}
      </main>
    </div>
  );
}
