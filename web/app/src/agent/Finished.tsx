import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import css from "./Finished.module.css";

/** Finished says that an interaction is done, or on its way to an agent; what is open beside it stays open. */
export function Finished({ coming, onBack }: { coming: boolean; onBack: () => void }) {
  const { t } = useTranslation();
  return (
    <p className={css.done} role="status">
      <Icon name={coming ? "bell" : "check"} />
      {t(coming ? "talk.park.coming" : "agent.conversation.done")}
      <Button onClick={onBack}>{t("agent.conversation.back")}</Button>
    </p>
  );
}
