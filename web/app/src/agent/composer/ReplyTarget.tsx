import type { Message } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { previewOf } from "../../parts/message/content";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import css from "./Composer.module.css";

/** ReplyTarget shows which message the next one answers. */
export function ReplyTarget({ message, onDrop }: { message: Message; onDrop: () => void }) {
  const { t } = useTranslation();
  return (
    <p className={css.target}>
      <Icon name="reply" size={14} />
      <span dir="auto">{t("agent.composer.answering", { text: previewOf(t, message) })}</span>
      <IconButton label={t("agent.composer.answerNot")} onClick={onDrop}>
        <Icon name="x" size={14} />
      </IconButton>
    </p>
  );
}
