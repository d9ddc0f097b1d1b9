import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import css from "./DemoPeople.module.css";

/** The ready-made people of the demo center. */
const people = [
  { login: "amy", name: "Amy", role: "agent" },
  { login: "bob", name: "Bob", role: "agent" },
  { login: "sam", name: "Sam", role: "supervisor" },
  { login: "ada", name: "Ada", role: "admin" },
] as const;

/** DemoPeople signs a newcomer in as one of the people of the demo center. */
export function DemoPeople({ onChoose }: { onChoose: (login: string) => void }) {
  const { t } = useTranslation();
  return (
    <section className={css.demo} aria-labelledby="demo-title">
      <h2 id="demo-title" className={css.title}>
        {t("login.demo")}
      </h2>
      <p className={css.text}>{t("login.demoText")}</p>
      <ul className={css.people}>
        {people.map((p) => (
          <li key={p.login}>
            <button type="button" className={css.person} onClick={() => onChoose(p.login)}>
              <strong>{p.name}</strong>
              <span>{t(`login.role.${p.role}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button look="quiet" onClick={() => window.open("/demo/shop", "_blank", "noopener")}>
        {t("login.demoShop")}
      </Button>
    </section>
  );
}
