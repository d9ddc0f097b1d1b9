import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { dismiss, useToasts } from "../ui/toast";
import css from "./Toasts.module.css";

/** Toasts shows what was said in passing. */
export function Toasts() {
  const { t } = useTranslation();
  const toasts = useToasts();
  return (
    <div className={css.toasts} role="status">
      {toasts.map((s) => (
        <div key={s.id} className={css.toast} data-tone={s.tone}>
          <Icon name={s.tone === "bad" ? "triangle" : "check"} />
          <span>{s.text}</span>
          {s.act && (
            <Button
              size="xs"
              onClick={() => {
                dismiss(s.id);
                s.act?.run();
              }}
            >
              {s.act.label}
            </Button>
          )}
          <IconButton label={t("action.close")} onClick={() => dismiss(s.id)}>
            <Icon name="x" size={14} />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
