import { Loader } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./Splash.module.css";

/** How long nothing is shown, so that a quick start does not flicker. Unit: milliseconds. */
const patience = 300;

/** Splash says that the page is coming, once that takes long enough to notice. */
export function Splash() {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={css.splash} aria-busy="true">
      {late && <Loader aria-label={t("session.loading")} />}
    </div>
  );
}
