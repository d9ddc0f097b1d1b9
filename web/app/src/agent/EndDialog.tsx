import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import css from "./TransferDialog.module.css";

interface EndDialogProps {
  name: string;
  console: boolean;
  onEnd: () => void;
  onClose: () => void;
}

/** EndDialog confirms that the conversation ends for both sides (WRP-01). */
export function EndDialog({ name, console, onEnd, onClose }: EndDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("agent.end.title", { name })}
      size="sm"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <p>{t("agent.end.text")}</p>
      <div className={css.acts}>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button look="main" data-autofocus onClick={onEnd}>
          {t(console ? "agent.console.end" : "agent.end.action")}
        </Button>
      </div>
    </Modal>
  );
}
