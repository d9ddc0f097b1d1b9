import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import css from "./Desk.module.css";
import { bringBack, openWindow } from "./windows";

/** Away stands in the workspace for a conversation that has a window of its own. */
export function Away({ interaction: i }: { interaction: Interaction }) {
  const { t } = useTranslation();
  return (
    <main className={css.main} data-region="main" tabIndex={-1}>
      <EmptyState icon="bubble" title={t("talk.window.away", { name: i.customer.name })}>
        <Button look="main" onClick={() => openWindow(i.id)}>
          {t("talk.window.show")}
        </Button>
        <Button onClick={() => bringBack(i.id)}>{t("talk.window.back")}</Button>
      </EmptyState>
    </main>
  );
}
