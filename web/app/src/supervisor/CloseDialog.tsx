import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Confirm } from "../parts/Confirm";

interface CloseDialogProps {
  interaction: Interaction | null;
  onConfirm: (interaction: Interaction) => Promise<boolean>;
  onClose: () => void;
}

/** CloseDialog says what closing does to the customer and to the agent. Source: I28. */
export function CloseDialog({ interaction, onConfirm, onClose }: CloseDialogProps) {
  const { t } = useTranslation();
  const waiting = interaction?.state === "queued" || interaction?.state === "offered";
  return (
    <Confirm
      open={interaction !== null}
      title={t("supervisor.close.title", { name: interaction?.customer.name ?? "" })}
      verb={t("supervisor.close.verb")}
      danger
      onConfirm={() => (interaction ? onConfirm(interaction) : true)}
      onClose={onClose}
    >
      <p>{waiting ? t("supervisor.close.waiting") : t("supervisor.close.active")}</p>
      <p>{t("supervisor.close.kept")}</p>
    </Confirm>
  );
}
