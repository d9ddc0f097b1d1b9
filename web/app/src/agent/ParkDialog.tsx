import { Modal, Radio, TextInput } from "@mantine/core";
import type { Interaction } from "@parley/protocol";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { dateTime } from "../i18n/format";
import { fieldErrors, problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { toast } from "../ui/toast";
import css from "./ParkDialog.module.css";
import { fieldOf, presetAt, presets, timeOf } from "./park";

interface ParkDialogProps {
  interaction: Interaction;
  now: number;
  onClose: () => void;
}

const choices = ["message", ...presets, "day"] as const;
type Choice = (typeof choices)[number];

/** ParkDialog lays a conversation aside until the customer writes, or until a time (I29). */
export function ParkDialog({ interaction: i, now, onClose }: ParkDialogProps) {
  const { t } = useTranslation();
  const [began] = useState(now);
  const [choice, setChoice] = useState<Choice>("message");
  const [field, setField] = useState(() => fieldOf(presetAt("tomorrow", began)));
  const [busy, setBusy] = useState(false);
  const [late, setLate] = useState(0); // the time that was refused
  const until = choice === "message" ? 0 : choice === "day" ? timeOf(field) : presetAt(choice, began);
  const far = until > 0 && until === late ? t("talk.park.late") : undefined;
  const wrong = choice === "day" && !(until > now);
  async function park(e: FormEvent) {
    e.preventDefault();
    if (wrong) return;
    setBusy(true);
    try {
      await api.put(`/api/interactions/${i.id}/park`, { until }); // 0 = until the customer's next message
      toast(t("talk.park.done"), "good");
      onClose();
    } catch (error) {
      if (fieldErrors(t, error).until) setLate(until);
      else toast(problemText(t, error), "bad");
    }
    setBusy(false);
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("talk.park.title", { name: i.customer.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form onSubmit={(e) => void park(e)} className={css.form}>
        <p>{t("talk.park.about")}</p>
        <Radio.Group
          value={choice}
          onChange={(value) => setChoice(value as Choice)}
          label={t("talk.park.until")}
          error={choice !== "day" && far}
        >
          {choices.map((c, n) => (
            <Radio
              key={c}
              value={c}
              data-autofocus={n === 0 || undefined}
              label={t(`talk.park.${c}`)}
              description={c === "message" || c === "day" ? undefined : dateTime(presetAt(c, began))}
            />
          ))}
        </Radio.Group>
        {choice === "day" && (
          <TextInput
            type="datetime-local"
            label={t("talk.park.when")}
            min={fieldOf(now)}
            value={field}
            error={wrong ? t("talk.park.past") : far}
            onChange={(e) => setField(e.currentTarget.value)}
          />
        )}
        <footer className={css.acts}>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            look="main"
            type="submit"
            busy={busy}
            icon={<Icon name="clock" size={16} />}
            why={wrong ? t("field.out_of_range") : ""}
          >
            {t("talk.park.action")}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
