import { useTranslation } from "react-i18next";
import { EmptyState } from "../ui/EmptyState";

/** AdminArea is shown until its screens are here. */
export function AdminArea() {
  const { t } = useTranslation();
  return <EmptyState title={t("session.loading")} />;
}
