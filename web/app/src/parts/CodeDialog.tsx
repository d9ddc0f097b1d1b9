import { Modal } from "@mantine/core";
import type { StatusCode } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { inLanguage } from "../i18n/format";
import { Button } from "../ui/Button";
import css from "./CodeDialog.module.css";

interface CodeDialogProps {
  title: string;
  /** Empty keeps the dialog closed. */
  codes: StatusCode[];
  onChoose: (code: string) => void;
  onClose: () => void;
}

/** CodeDialog asks for one coded reason (PRE-13). */
export function CodeDialog({ title, codes, onChoose, onClose }: CodeDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={codes.length > 0}
      onClose={onClose}
      title={title}
      size="sm"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <p>{t("status.code")}</p>
      <div className={css.codes}>
        {codes.map((c, i) => (
          <Button key={c.id} wide data-autofocus={i === 0 || undefined} onClick={() => onChoose(c.id)}>
            {inLanguage(c)}
          </Button>
        ))}
      </div>
    </Modal>
  );
}
