import { Modal, Radio, Textarea } from "@mantine/core";
import type { Interaction } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../api/client";
import { problemText } from "../parts/problem";
import { StatusBadge } from "../parts/StatusBadge";
import { Button } from "../ui/Button";
import css from "./TransferDialog.module.css";
import { useTargets } from "./useRecords";

interface TransferDialogProps {
  interaction: Interaction;
  onClose: () => void;
  onDone: () => void;
}

/** TransferDialog hands the customer to another queue or agent, and says the effect first (XFR-01, XFR-05). */
export function TransferDialog({ interaction: i, onClose, onDone }: TransferDialogProps) {
  const { t } = useTranslation();
  const targets = useTargets(i.id, true);
  const [to, setTo] = useState("");
  const [note, setNote] = useState("");
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [clientId] = useState(() => crypto.randomUUID());
  const [kind, id] = [to.slice(0, 1), to.slice(2)];
  const queue = targets.data?.queues.find((q) => q.id === id);
  const agent = targets.data?.agents.find((a) => a.id === id);
  const unstaffed = error instanceof ApiError && error.code === "queue_unstaffed";

  async function transfer() {
    setBusy(true);
    setError(undefined);
    try {
      await api.post(`/api/interactions/${i.id}/transfers`, {
        ...(kind === "q" ? { queue: id } : { agent: id }),
        ...(unstaffed ? { anyway: true } : {}),
        note,
        client_id: clientId,
      });
      onDone();
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("agent.transfer.title", { name: i.customer.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Radio.Group value={to} onChange={setTo} aria-label={t("agent.transfer.where")}>
        <p className={css.head}>{t("agent.transfer.queues")}</p>
        <div className={css.targets}>
          {targets.data?.queues.map((q, n) => (
            <Radio.Card key={q.id} autoFocus={n === 0} value={`q:${q.id}`} className={css.target}>
              <Radio.Indicator />
              <span className={css.name}>{q.name}</span>
              <span className={css.facts} data-warn={!q.staffed || undefined}>
                {q.staffed
                  ? t("agent.transfer.queueFacts", { waiting: q.waiting, count: q.available })
                  : t("agent.transfer.unstaffed")}
              </span>
            </Radio.Card>
          ))}
        </div>
        {(targets.data?.agents.length ?? 0) > 0 && <p className={css.head}>{t("agent.transfer.agents")}</p>}
        <div className={css.targets}>
          {targets.data?.agents.map((a) => (
            <Radio.Card key={a.id} value={`a:${a.id}`} disabled={!a.may} className={css.target}>
              <Radio.Indicator disabled={!a.may} />
              <span className={css.name}>{a.display_name}</span>
              <span className={css.facts}>
                {a.may ? (
                  <StatusBadge agent={{ ...a, sub: "none", conn: "up" }} />
                ) : (
                  t("agent.transfer.notEligible", { status: t(`status.${a.displayed}`) })
                )}
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      <Textarea
        mt="md"
        label={t("agent.transfer.note")}
        description={t("agent.note.label")}
        autosize
        minRows={2}
        value={note}
        onChange={(e) => setNote(e.currentTarget.value)}
      />
      <p className={css.effect} role="status">
        {queue && t("agent.transfer.effect", { name: i.customer.name, queue: queue.name })}
        {agent && t("agent.transfer.effectAgent", { name: i.customer.name, agent: agent.display_name })}
      </p>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {problemText(t, error)}
        </p>
      )}
      <div className={css.acts}>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button
          look="main"
          why={to ? "" : t("field.queue_or_agent")}
          busy={busy}
          onClick={() => void transfer()}
        >
          {t(unstaffed ? "agent.transfer.anyway" : "agent.transfer.action")}
        </Button>
      </div>
    </Modal>
  );
}
