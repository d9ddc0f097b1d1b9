import { ColorInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import { Tag } from "../ui/Tag";
import styles from "./Admin.module.css";
import { contrast, contrastMin, darkened, isColor, onAccent } from "./contrast";
import type { ScriptPart } from "./ScriptPart";

/** Look edits the widget's accent, with its contrast and a preview. Source: UX-66, A-010. */
export function Look({ script, fault, set }: ScriptPart) {
  const { t } = useTranslation();
  const { accent } = script;
  const valid = isColor(accent);
  const ratio = valid ? contrast(accent, "#ffffff") : 0;
  const language = script.language === "fr-CA" ? "fr" : "en";
  return (
    <Card about={t("admin.look.about")}>
      <div className={styles.fields}>
        <div className={styles.stack}>
          <ColorInput
            label={t("admin.look.accent")}
            value={accent}
            format="hex"
            withEyeDropper={false}
            popoverProps={{ position: "top-start" }}
            error={fault("accent") ?? (valid ? undefined : t("admin.look.invalid"))}
            onChange={(value) => set({ accent: value.toLowerCase() })}
          />
          {valid && (
            <div className={styles.row}>
              <Tag tone={ratio >= contrastMin ? "ok" : "warn"}>
                {ratio >= contrastMin ? t("admin.look.good") : t("admin.look.low")}
              </Tag>
              <span className={styles.quiet}>
                {t("admin.look.ratio", { n: ratio.toFixed(1), least: contrastMin })}
              </span>
            </div>
          )}
          {valid && ratio < contrastMin && (
            <div>
              <Button onClick={() => set({ accent: darkened(accent) })}>
                {t("admin.look.darken", { color: darkened(accent) })}
              </Button>
            </div>
          )}
        </div>
        {valid && (
          <figure
            className={styles.preview}
            style={{ "--widget-accent": accent, "--widget-on": onAccent(accent) } as React.CSSProperties}
          >
            <figcaption className={styles.previewHead}>
              {script.title[language] || t("admin.look.title")}
            </figcaption>
            <p className={styles.previewLine}>{script.greeting[language] || t("admin.look.greeting")}</p>
            <span className={styles.previewButton}>
              <Icon name="bubble" size={22} />
            </span>
          </figure>
        )}
      </div>
    </Card>
  );
}
