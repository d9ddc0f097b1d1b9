import { NumberInput, Select, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Editor } from "../parts/editor/useEditor";
import { Card } from "../ui/Card";
import styles from "./Admin.module.css";
import type { Queue, QueueAction } from "./types";
import type { useBind } from "./useBind";
import { useNames } from "./useConfig";

interface QueueOverloadProps {
  kind: "overload" | "messages";
  form: ReturnType<typeof useBind<Queue>>;
  editor: Editor<Queue>;
  id: string;
}

const policies = {
  no_agents: ["wait", "offline_form", "overflow", "message_end"],
  on_max_wait: ["offline_form", "overflow", "message_end"],
  on_full: ["offline_form", "overflow", "message_end"],
  on_close: ["drain", "offline_form", "overflow", "message_end"],
} as const satisfies Record<string, readonly QueueAction[]>;

/** QueueOverload edits what happens when a queue cannot serve, or what customers read while they wait. Source: QUE-07 to QUE-09. */
export function QueueOverload({ kind, form, editor, id }: QueueOverloadProps) {
  const { t } = useTranslation();
  const others = useNames("queues").filter(([other]) => other !== id);
  const { draft } = editor;
  if (kind === "messages")
    return (
      <Card about={t("admin.queue.messagesAbout")}>
        <Textarea {...form.text("wait_text")} autosize minRows={2} />
        <Textarea {...form.text("wait_text_fr")} lang="fr-CA" autosize minRows={2} />
      </Card>
    );
  const choice = (field: keyof typeof policies) => (
    <Select
      {...form.choice(
        field,
        policies[field].map((action) => [action, t(`admin.action.${action}`)] as const),
      )}
      allowDeselect={false}
    />
  );
  const overflows = (Object.keys(policies) as (keyof typeof policies)[]).some((p) => draft[p] === "overflow");
  return (
    <Card about={t("admin.queue.overloadAbout")}>
      <div className={styles.fields}>
        <div className={styles.whole}>{choice("no_agents")}</div>
        <NumberInput {...form.number("max_wait_s")} suffix={` ${t("admin.unit.s")}`} min={0} />
        {choice("on_max_wait")}
        <NumberInput {...form.number("max_size")} min={0} />
        {choice("on_full")}
        {choice("on_close")}
        {overflows && <Select {...form.choice("overflow", others)} />}
      </div>
    </Card>
  );
}
