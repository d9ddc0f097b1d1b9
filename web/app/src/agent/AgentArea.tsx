import { useTranslation } from "react-i18next";
import { EmptyState } from "../ui/EmptyState";

/** AgentArea is shown until its screens are here. */
export function AgentArea() {
  const { t } = useTranslation();
  return <EmptyState title={t("session.loading")} />;
}
