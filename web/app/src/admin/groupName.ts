import type { T } from "../i18n";

/** groupName is what a group is called. The one that always exists has a word of each language, until somebody renames it. */
export function groupName(t: T, name: string): string {
  return name === "ungroup" ? t("admin.group.ungroup") : name;
}
