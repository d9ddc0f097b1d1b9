import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import type { Editor, Kept } from "./useEditor";

/** DraftButton keeps a record that is not ready; a final one never becomes a draft again. Source: CRM-11. */
export function DraftButton<T extends Kept & { draft: boolean }>({
  editor,
  saved,
}: {
  editor: Editor<T>;
  saved: T;
}) {
  const { t } = useTranslation();
  if (!editor.isNew && !saved.draft) return null;
  return (
    <Button busy={editor.busy} onClick={() => void editor.save({ draft: true } as Partial<T>)}>
      {t("action.saveDraft")}
    </Button>
  );
}
