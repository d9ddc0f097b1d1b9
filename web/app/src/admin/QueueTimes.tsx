import { NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Card } from "../ui/Card";
import styles from "./Admin.module.css";
import type { Queue } from "./types";
import type { useBind } from "./useBind";

interface QueueTimesProps {
  kind: "timing" | "sla";
  form: ReturnType<typeof useBind<Queue>>;
}

/** QueueTimes edits how long things may take, or what is aimed for. Source: QUE-05, QUE-06. */
export function QueueTimes({ kind, form }: QueueTimesProps) {
  const { t } = useTranslation();
  const seconds = { suffix: ` ${t("admin.unit.s")}`, step: 5 };
  if (kind === "sla")
    return (
      <Card about={t("admin.queue.slaAbout")}>
        <div className={styles.fields}>
          <NumberInput {...form.number("sla_percent")} suffix={t("admin.unit.percent")} min={1} max={100} />
          <NumberInput {...form.number("sla_s")} {...seconds} min={1} />
        </div>
      </Card>
    );
  return (
    <Card about={t("admin.queue.timingAbout")}>
      <div className={styles.fields}>
        <NumberInput {...form.number("accept_interval_s")} {...seconds} min={5} max={600} />
        <NumberInput {...form.number("wrapup_s")} {...seconds} min={0} />
        <NumberInput {...form.number("reply_target_s")} {...seconds} min={1} />
      </div>
    </Card>
  );
}
