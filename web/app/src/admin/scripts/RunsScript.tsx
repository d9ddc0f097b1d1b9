import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import styles from "../Admin.module.css";
import { useAll } from "../useConfig";

/** RunsScript says that an entry point runs a script: then hours and queue of its own do not count. Source: SCR-01. */
export function RunsScript({ entryPoint }: { entryPoint: string }) {
  const { t } = useTranslation();
  const script = useAll("scripts").data?.find((s) => s.used_by.includes(entryPoint));
  if (!script) return null;
  return (
    <p className={styles.note}>
      {t("scripts.runsHere", { name: script.name })}{" "}
      <Link href={`/admin/scripts/${script.id}`}>{t("scripts.showScript")}</Link>
    </p>
  );
}
