import { useTranslation } from "react-i18next";
import { Tag } from "../../ui/Tag";
import type { FlowChange } from "../types";
import own from "./Scripts.module.css";

/** Changes lists the objects a version adds, changes and removes. */
export function Changes({ changes }: { changes: readonly FlowChange[] }) {
  const { t } = useTranslation();
  return (
    <ul className={`${own.way} ${own.changes}`}>
      {changes.map((change) => (
        <li key={`${change.what} ${change.object}`}>
          {change.object || t("scripts.start")} <Tag>{t(`scripts.what.${change.what}`)}</Tag>
        </li>
      ))}
    </ul>
  );
}
