import { Checkbox } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { problemText } from "../../parts/problem";
import { Card } from "../../ui/Card";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import type { FlowScript } from "../types";
import { useAll } from "../useConfig";

/** UsedBy says which entry points run a script. Those without one run their own hours, form and queue. Source: SCR-01. */
export function UsedBy({ script }: { script: FlowScript }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const points = (useAll("entry-points").data ?? []).filter((e) => kindOf(e.channel) === script.kind);
  const run = async (entry_points: string[]) => {
    try {
      await api.put(`/api/admin/scripts/${script.id}/entry-points`, { entry_points });
      toast(t("scripts.runs"), "good");
    } catch (error) {
      toast(problemText(t, error), "bad");
    }
    await client.invalidateQueries({ queryKey: keys.admin() });
  };
  return (
    <Card about={t("scripts.useAbout")}>
      {script.published === 0 && <p className={styles.note}>{t("scripts.notYet")}</p>}
      {points.length === 0 && <p className={styles.quiet}>{t("scripts.noPoints")}</p>}
      <div className={styles.checks}>
        {points.map((e) => (
          <Checkbox
            key={e.id}
            label={e.name}
            disabled={script.published === 0}
            checked={script.used_by.includes(e.id)}
            onChange={(event) =>
              run(
                event.currentTarget.checked
                  ? [...script.used_by, e.id]
                  : script.used_by.filter((id) => id !== e.id),
              )
            }
          />
        ))}
      </div>
    </Card>
  );
}

/** kindOf is the kind of script that serves a channel, as the server says. */
function kindOf(channel: string): FlowScript["kind"] {
  if (["webchat", "support_center", "open", ""].includes(channel)) return "chat";
  return channel === "sms" ? "sms" : "social";
}
