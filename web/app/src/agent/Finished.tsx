import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./Finished.module.css";

/** Finished says that an interaction is done; what is open beside it stays open. */
export function Finished({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  return (
    <p className={css.done} role="status">
      <Icon name="check" />
      {t("agent.conversation.done")}
      <Button onClick={onBack}>{t("agent.conversation.back")}</Button>
    </p>
  );
}
