import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { problemText } from "./problem";

/** isRefused tells whether the person has no right to what they asked for: to ask again would not help. */
export function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}

/** Failed says why something did not come, and offers to try again where that can help. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const refused = isRefused(error);
  return (
    <EmptyState
      icon={refused ? "shield" : "triangle"}
      title={refused ? t("editor.refused") : t("editor.failed")}
      text={problemText(t, error)}
    >
      {!refused && <Button onClick={onRetry}>{t("action.retry")}</Button>}
    </EmptyState>
  );
}
