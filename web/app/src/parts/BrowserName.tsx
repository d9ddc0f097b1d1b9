import { useTranslation } from "react-i18next";
import { browserOf } from "./browser";

/** BrowserName names a browser as a person would; pointing at it shows what it calls itself (CNV-09). */
export function BrowserName({ userAgent }: { userAgent: string }) {
  const { t } = useTranslation();
  const { name, system } = browserOf(userAgent);
  const both = name !== "" && system !== "";
  return <span title={userAgent}>{both ? t("browserOn", { name, system }) : name || system}</span>;
}
