import { Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import styles from "./Confirm.module.css";

interface ConfirmProps {
  open: boolean;
  title: string;
  /** What will happen, to whom. */
  children: ReactNode;
  /** What the button says it does: Delete queue. */
  verb: string;
  danger?: boolean;
  /** Returns false to stay open: it was refused. */
  onConfirm: () => Promise<boolean> | boolean;
  onClose: () => void;
}

/** Confirm asks before something that cannot be taken back, and says what follows. */
export function Confirm({ open, title, children, verb, danger, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    const went = await Promise.resolve(onConfirm()).finally(() => setBusy(false));
    if (went) onClose();
  };
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={styles.words}>{children}</div>
      <div className={styles.buttons}>
        <Button onClick={onClose} data-autofocus>
          {t("action.cancel")}
        </Button>
        <Button look={danger ? "danger" : "main"} busy={busy} onClick={confirm}>
          {verb}
        </Button>
      </div>
    </Modal>
  );
}
