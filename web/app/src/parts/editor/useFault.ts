import { useTranslation } from "react-i18next";
import type { ApiError } from "../../api/client";
import { fieldText } from "../problem";

/** useFault returns what the server said about a field, by its path: members[2].level; of a list of plain values, about any of them. */
export function useFault(error: ApiError | null): (field: string) => string | undefined {
  const { t } = useTranslation();
  return (field) => {
    const found = error?.fields.find((f) => f.field === field || f.field.replace(/\[\d+\]$/, "") === field);
    return found && fieldText(t, found.code);
  };
}
