import { Checkbox } from "@mantine/core";
import type { MyQueue, QueueGauge } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import css from "./MyQueues.module.css";

interface MyQueuesProps {
  queues: MyQueue[];
  gauges: QueueGauge[];
  mayToggle: boolean;
  /** Says whether it worked; else the choice stays and can be confirmed again. */
  onConfirm: (enabled: string[]) => Promise<boolean>;
}

/** MyQueues chooses the queues to receive from; it applies on Confirm, all or none (QUE-02). */
export function MyQueues({ queues, gauges, mayToggle, onConfirm }: MyQueuesProps) {
  const { t } = useTranslation();
  const mine = queues.filter((q) => q.assigned);
  const [changes, setChanges] = useState<Record<string, boolean>>({});
  const [busy, setBusy] = useState(false);
  const on = (q: MyQueue) => changes[q.id] ?? q.enabled;
  const changed = mine.some((q) => on(q) !== q.enabled);
  const waiting = (id: string) => gauges.find((g) => g.id === id)?.waiting;

  async function confirm() {
    setBusy(true);
    if (await onConfirm(mine.filter(on).map((q) => q.id))) setChanges({});
    setBusy(false);
  }

  return (
    <section className={css.queues} aria-labelledby="my-queues">
      <h2 id="my-queues" className={css.title}>
        {t("agent.queues.title")}
        <span>{t("agent.queues.on", { count: mine.filter(on).length })}</span>
      </h2>
      {mine.length === 0 && <p className={css.none}>{t("agent.queues.none")}</p>}
      <ul>
        {mine.map((q) => (
          <li key={q.id} className={css.row}>
            <Checkbox
              size="sm"
              label={q.name}
              description={q.queue_enabled ? undefined : t("agent.queues.off")}
              checked={on(q)}
              disabled={!mayToggle || busy}
              onChange={(e) => setChanges({ ...changes, [q.id]: e.currentTarget.checked })}
            />
            {waiting(q.id) !== undefined && (
              <span className={css.waiting} title={t("agent.queues.waiting", { count: waiting(q.id) ?? 0 })}>
                {waiting(q.id)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {changed && (
        <Button look="main" size="xs" wide busy={busy} onClick={() => void confirm()}>
          {t("agent.queues.confirm")}
        </Button>
      )}
      {!mayToggle && mine.length > 0 && <p className={css.none}>{t("agent.queues.locked")}</p>}
    </section>
  );
}
