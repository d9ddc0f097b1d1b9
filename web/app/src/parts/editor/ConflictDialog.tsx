import { Modal, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ago } from "../../i18n/format";
import { Button } from "../../ui/Button";
import styles from "./ConflictDialog.module.css";
import type { Change } from "./merge";
import type { Editor, Kept } from "./useEditor";

interface ConflictDialogProps<T extends Kept> {
  editor: Editor<T>;
  label: (field: string) => string;
  show: ((field: string, value: unknown) => string | undefined) | undefined;
}

/** ConflictDialog shows what somebody else saved meanwhile and lets one choose, field by field. Source: UX-43. */
export function ConflictDialog<T extends Kept>({ editor, label, show }: ConflictDialogProps<T>) {
  const { t } = useTranslation();
  const [given, setGiven] = useState<ReadonlySet<string>>(new Set());
  const put = (field: string, value: unknown) => show?.(field, value) ?? plain(value);
  const plain = (value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("editor.emptyValue");
    if (typeof value === "boolean") return t(value ? "editor.yes" : "editor.no");
    if (Array.isArray(value) && value.every((v) => typeof v !== "object")) return value.join(", ");
    if (Array.isArray(value)) return t("editor.items", { count: value.length });
    if (typeof value === "object") return Object.values(value).map(plain).join(", ");
    return String(value);
  };
  const choose = (field: string, side: string) => {
    const next = new Set(given);
    if (side === "theirs") next.add(field);
    else next.delete(field);
    setGiven(next);
  };
  const changes = editor.conflict ?? [];
  return (
    <Modal
      opened={editor.conflict !== null}
      onClose={editor.leave}
      title={t("editor.conflictTitle")}
      size="lg"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {editor.changedBy && (
        <p>
          {t(editor.changedBy.by ? "editor.changedBy" : "editor.changed", {
            name: editor.changedBy.by,
            ago: ago(editor.changedBy.at, Date.now()),
          })}
        </p>
      )}
      <p>{changes.length > 0 ? t("editor.conflictText") : t("editor.conflictNone")}</p>
      <ul className={styles.changes}>
        {changes.map((change) => (
          <li key={change.field} className={styles.change}>
            <div className={styles.field}>
              <b>{label(change.field)}</b>
              {change.clash && (
                <SegmentedControl
                  size="xs"
                  aria-label={label(change.field)}
                  value={given.has(change.field) ? "theirs" : "mine"}
                  onChange={(side) => choose(change.field, side)}
                  data={[
                    { value: "mine", label: t("editor.keepMine") },
                    { value: "theirs", label: t("editor.keepTheirs") },
                  ]}
                />
              )}
            </div>
            <Sides change={change} put={put} />
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button onClick={editor.leave}>{t("action.cancel")}</Button>
        <Button look="main" busy={editor.busy} onClick={() => void editor.settle(given)}>
          {t("editor.conflictSave")}
        </Button>
      </div>
    </Modal>
  );
}

function Sides({ change, put }: { change: Change; put: (field: string, value: unknown) => string }) {
  const { t } = useTranslation();
  return (
    <>
      <dl className={styles.sides}>
        {change.clash && (
          <div>
            <dt>{t("editor.mine")}</dt>
            <dd>{put(change.field, change.mine)}</dd>
          </div>
        )}
        <div>
          <dt>{t("editor.theirs")}</dt>
          <dd>{put(change.field, change.theirs)}</dd>
        </div>
      </dl>
      {!change.clash && <p className={styles.kept}>{t("editor.theirsKept")}</p>}
    </>
  );
}
