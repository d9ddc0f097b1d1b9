import { Checkbox, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useVerified } from "../parts/useVerified";
import { Button } from "../ui/Button";
import css from "./TransferDialog.module.css";

interface EndDialogProps {
  name: string;
  /** The linked customer, "" if nobody is. */
  customer: string;
  console: boolean;
  /** Something written has not been sent. */
  unsent: boolean;
  /** mail: the customer gets the transcript, too. */
  onEnd: (mail: boolean) => void;
  onClose: () => void;
}

/** EndDialog confirms that the conversation ends for both sides (WRP-01). */
export function EndDialog({ name, customer, console, unsent, onEnd, onClose }: EndDialogProps) {
  const { t } = useTranslation();
  const [to] = useVerified(customer);
  const [mail, setMail] = useState(false);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("agent.end.title", { name })}
      size="sm"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <p>{t("agent.end.text")}</p>
      {unsent && <p>{t("agent.end.unsent")}</p>}
      {to && (
        <Checkbox
          label={t("agent.end.mail", { email: to })}
          checked={mail}
          onChange={(e) => setMail(e.currentTarget.checked)}
        />
      )}
      <div className={css.acts}>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button look="main" data-autofocus onClick={() => onEnd(mail && to !== undefined)}>
          {t(console ? "agent.console.end" : "agent.end.action")}
        </Button>
      </div>
    </Modal>
  );
}
