import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Chosen } from "../parts/useChosen";
import { Button } from "../ui/Button";
import { ManyEdits } from "./ManyEdits";
import styles from "./ManyEdits.module.css";
import { momentOf, type Task, usePeople } from "./work";

/** TaskEdits gives the ticked tasks to somebody, sets their day, finishes or reopens them. Source: CRM-04. */
export function TaskEdits({ tasks, chosen }: { tasks: readonly Task[]; chosen: Chosen }) {
  const { t } = useTranslation();
  const people = usePeople(null);
  const [day, setDay] = useState("");
  const nameOf = (id: string) => tasks.find((k) => k.id === id)?.subject ?? "";
  return (
    <ManyEdits words="cases.task.edits" of="tasks" chosen={chosen} nameOf={nameOf}>
      {(edit, busy) => (
        <>
          <Button size="xs" busy={busy} onClick={() => void edit({ do: "finish" })}>
            {t("cases.task.finish")}
          </Button>
          <Button size="xs" busy={busy} onClick={() => void edit({ do: "reopen" })}>
            {t("cases.task.reopen")}
          </Button>
          <Select
            size="xs"
            className={styles.people}
            aria-label={t("cases.edits.assign")}
            placeholder={t("cases.edits.assign")}
            data={people}
            value={null}
            searchable
            disabled={busy}
            onChange={(to) => to && void edit({ do: "assign", owner_id: to })}
          />
          <TextInput
            size="xs"
            type="date"
            aria-label={t("cases.task.dueDay")}
            value={day}
            onChange={(e) => setDay(e.currentTarget.value)}
          />
          <Button
            size="xs"
            busy={busy}
            disabled={!day}
            onClick={() => void edit({ do: "due", due_at: momentOf(day, "") })}
          >
            {t("cases.task.edits.due")}
          </Button>
        </>
      )}
    </ManyEdits>
  );
}
