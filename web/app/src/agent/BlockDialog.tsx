import { Checkbox, Modal, TextInput } from "@mantine/core";
import type { Interaction } from "@parley/protocol";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { over } from "../parts/over";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { handleOf } from "./desk";
import css from "./ParkDialog.module.css";
import { fieldOf, timeOf } from "./park";

/** Ban is how a sender is kept away. */
export interface Ban {
  reason: string;
  /** Unit: Unix milliseconds; 0 = for ever. */
  until: number;
  spam: boolean;
}

interface BlockDialogProps {
  interaction: Interaction;
  now: number;
  onBlock: (ban: Ban) => Promise<boolean>;
  onClose: () => void;
}

/** BlockDialog keeps a sender away: it ends the conversation, and nothing they send comes in any more (SOC-08). */
export function BlockDialog({ interaction: i, now, onBlock, onClose }: BlockDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [field, setField] = useState("");
  const [spam, setSpam] = useState(false);
  const [busy, setBusy] = useState(false);
  const until = field === "" ? 0 : timeOf(field);
  const wrong = field !== "" && !(until > now);
  async function block(e: FormEvent) {
    e.preventDefault();
    if (wrong || reason.trim() === "") return;
    setBusy(true);
    const went = await onBlock({ reason: reason.trim(), until, spam });
    setBusy(false);
    if (went) onClose();
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("talk.block.title", { name: i.customer.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form onSubmit={(e) => void block(e)} className={css.form}>
        <p>{t("talk.block.about", { address: handleOf(i) })}</p>
        <TextInput
          label={t("talk.block.reason")}
          required
          data-autofocus
          error={over(t, reason, 200)}
          value={reason}
          onChange={(e) => setReason(e.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t("talk.block.until")}
          description={t("talk.block.forever")}
          min={fieldOf(now)}
          value={field}
          error={wrong ? t("talk.park.past") : undefined}
          onChange={(e) => setField(e.currentTarget.value)}
        />
        <Checkbox
          label={t("talk.block.spam")}
          checked={spam}
          onChange={(e) => setSpam(e.currentTarget.checked)}
        />
        <footer className={css.acts}>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            look="danger"
            type="submit"
            busy={busy}
            icon={<Icon name="stop" size={16} />}
            why={
              wrong
                ? t("field.out_of_range")
                : reason.trim() === ""
                  ? t("why.fillIn", { field: t("talk.block.reason") })
                  : ""
            }
          >
            {t("talk.block.action")}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
