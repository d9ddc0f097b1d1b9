import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../ui/EmptyState";

/** SSODone is the window somebody signed in in: the page that opened it goes on by itself. */
export function SSODone() {
  const { t } = useTranslation();
  const how = location.hash.slice(1);
  useEffect(() => {
    if (how === "sso") window.close();
  }, [how]);
  return (
    <main>
      <EmptyState icon="user" title={how === "sso" ? t("login.ssoDone") : t("login.ssoNot")}>
        <p>{how === "sso" ? t("login.ssoClose") : t(`error.${how}` as "error.sso_failed")}</p>
      </EmptyState>
    </main>
  );
}
