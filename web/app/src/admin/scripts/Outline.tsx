import { useTranslation } from "react-i18next";
import { Card } from "../../ui/Card";
import { Tag } from "../../ui/Tag";
import styles from "../Admin.module.css";
import type { Flow } from "../types";
import { useExitName } from "./ExitPicker";
import { objectsOf, outline } from "./flow";
import own from "./Scripts.module.css";

/** Outline is the way through a script, read from top to bottom. Source: SCR-01. */
export function Outline({ flow }: { flow: Flow }) {
  const { t } = useTranslation();
  const exitName = useExitName();
  const lines = objectsOf(flow).length > 0 ? outline(flow) : [];
  const above: string[] = [];
  return (
    <Card about={t("scripts.outlineAbout")}>
      {lines.length === 0 && <p className={styles.quiet}>{t("scripts.empty")}</p>}
      <ol className={own.outline}>
        {lines.map((line, n) => {
          const parent = objectsOf(flow).find((o) => o.label === above[line.depth - 1]);
          above[line.depth] = line.label;
          return (
            <li
              key={n}
              data-lost={line.kind === null || undefined}
              style={{ paddingInlineStart: `${Math.min(line.depth, 8) * 1.25}rem` }}
            >
              {parent && <span className={own.to}>{exitName(parent, line.exit)} → </span>}
              <span className={own.name}>{line.label || t("scripts.nowhere")}</span>{" "}
              {line.kind && line.label !== t(`scripts.object.${line.kind}`) && (
                <Tag>{t(`scripts.object.${line.kind}`)}</Tag>
              )}{" "}
              {line.again && line.kind && <span className={own.to}>{t("scripts.again")}</span>}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
