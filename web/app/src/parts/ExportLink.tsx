import { useTranslation } from "react-i18next";
import { path, type Query } from "../api/client";
import { useMe } from "../live/floor";
import { Button } from "../ui/Button";

/** ExportLink takes a list, as it is narrowed now, out as a table. Who may not has none. */
export function ExportLink({ base, query }: { base: string; query: Query }) {
  const { t } = useTranslation();
  if (!useMe().permissions.includes("supervise")) return null;
  return <Button onClick={() => location.assign(path(base, query))}>{t("records.table.export")}</Button>;
}
