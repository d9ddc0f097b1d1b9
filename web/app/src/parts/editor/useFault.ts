import { useTranslation } from "react-i18next";
import type { ApiError } from "../../api/client";
import { fieldText } from "../problem";

/** lineOf is the line of a list that a fault is about, the first being 1; 0 if it is about the whole. */
export function lineOf(field: string): number {
  const found = /\[(\d+)\]$/.exec(field);
  return found ? Number(found[1]) + 1 : 0;
}

/** useLineFaults returns what the server said about a list that is typed one per line: every line that is wrong, by its number. */
export function useLineFaults(error: ApiError | null): (field: string) => string | undefined {
  const { t } = useTranslation();
  return (field) => {
    const found = error?.fields.filter((f) => f.field.replace(/\[\d+\]$/, "") === field) ?? [];
    const lines = found.map((f) => {
      const n = lineOf(f.field);
      return n ? t("editor.onLine", { n, text: fieldText(t, f) }) : fieldText(t, f);
    });
    return lines.join("\n") || undefined;
  };
}

/** useFault returns what the server said about a field, by its path: members[2].level; of a list of plain values, about any of them. */
export function useFault(error: ApiError | null): (field: string) => string | undefined {
  const { t } = useTranslation();
  return (field) => {
    const found = error?.fields.find((f) => f.field === field || f.field.replace(/\[\d+\]$/, "") === field);
    return found && fieldText(t, found);
  };
}
