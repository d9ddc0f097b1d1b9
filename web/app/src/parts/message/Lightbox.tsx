import { Modal } from "@mantine/core";
import type { Attachment } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { fileName } from "./content";
import css from "./content.module.css";
import { fileUrl } from "./Files";

interface LightboxProps {
  file: Attachment;
  alt: string;
  onClose: () => void;
}

/** Lightbox shows a picture as large as the window allows. */
export function Lightbox({ file, alt, onClose }: LightboxProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="auto"
      title={fileName(t, file)}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <img className={css.large} src={fileUrl(file.id)} alt={alt} />
      <p className={css.download}>
        <a href={fileUrl(file.id)} download={fileName(t, file)}>
          {t("talk.download")}
        </a>
      </p>
    </Modal>
  );
}
