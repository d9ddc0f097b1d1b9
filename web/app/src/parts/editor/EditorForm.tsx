import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Confirm } from "../Confirm";
import { fieldText, problemText } from "../problem";
import { ConflictDialog } from "./ConflictDialog";
import styles from "./EditorForm.module.css";
import { same } from "./merge";
import type { Editor, Kept } from "./useEditor";
import { useFirstFault } from "./useFirstFault";
import { useUnsaved } from "./useUnsaved";

interface EditorFormProps<T extends Kept> {
  editor: Editor<T>;
  /** The word for a field, for the summary of faults and for conflicts. */
  label: (field: string) => string;
  /** How a value reads, where it is not plain text: names instead of ids. */
  show?: (field: string, value: unknown) => string | undefined;
  /** What saving does to people at work. */
  effect?: string;
  /** Present if it may be deleted; says what that does. */
  remove?: { name: string; text: string; verb: string; reversible?: boolean };
  /** What Save sets besides: a draft becomes final. */
  final?: Partial<T>;
  /** Something is missing as it is saved: Save can be pressed, and says what. */
  unfinished?: boolean;
  /** More buttons beside Save. */
  extra?: ReactNode;
  children: ReactNode;
}

/** EditorForm is the frame of every form that edits a record: faults, save, conflict, delete, unsaved warning. */
export function EditorForm<T extends Kept>(props: EditorFormProps<T>) {
  const { editor, label, show, effect, remove, final, unfinished, extra, children } = props;
  const { t } = useTranslation();
  const [removing, setRemoving] = useState(false);
  const form = useFirstFault<HTMLFormElement>(editor.error);
  const warning = useUnsaved(editor.dirty && !editor.busy);
  const fresh =
    editor.dirty || editor.isNew || unfinished || !same({ ...editor.draft, ...final }, editor.draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void editor.save(final);
  };
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate>
      <Faults editor={editor} label={label} />
      {children}
      <div className={styles.bar} data-dirty={editor.dirty ? "" : undefined}>
        <div className={styles.state} role="status">
          {editor.dirty && <span>{t("editor.unsaved")}</span>}
          {editor.done && (
            <span className={styles.saved}>
              <Icon name="check" size={14} /> {t("editor.saved")}
            </span>
          )}
          {editor.dirty && effect && <span className={styles.effect}>{effect}</span>}
        </div>
        <div className={styles.buttons}>
          {remove && !editor.isNew && (
            <Button look="quiet" icon={<Icon name="trash" size={16} />} onClick={() => setRemoving(true)}>
              {t("action.delete")}
            </Button>
          )}
          {editor.dirty && !editor.isNew && <Button onClick={editor.reset}>{t("action.discard")}</Button>}
          {extra}
          <Button type="submit" look="main" busy={editor.busy} why={fresh ? "" : t("why.same")}>
            {t("action.save")}
          </Button>
        </div>
      </div>
      {remove && (
        <Confirm
          open={removing}
          title={t("editor.removeTitle", { name: remove.name })}
          verb={remove.verb}
          danger
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await editor.remove();
            return true;
          }}
        >
          <p>{remove.text}</p>
          {!remove.reversible && <p>{t("editor.removeText")}</p>}
        </Confirm>
      )}
      <ConflictDialog editor={editor} label={label} show={show} />
      {warning}
    </form>
  );
}

/** Faults names every field the server refused, in one place that takes the focus of a screen reader. */
function Faults<T extends Kept>({ editor, label }: Pick<EditorFormProps<T>, "editor" | "label">) {
  const { t } = useTranslation();
  if (!editor.error) return null;
  const lines = new Map(
    // two values of one list read the same: once is enough
    editor.error.fields.map((f) => {
      const line = [label(f.field), fieldText(t, f)] as const;
      return [line.join(" "), line];
    }),
  );
  return (
    <div className={styles.faults} role="alert">
      <Icon name="triangle" size={18} />
      <div>
        <p>{editor.error.fields.length > 0 ? t("editor.faults") : problemText(t, editor.error)}</p>
        {editor.error.fields.length > 0 && (
          <ul>
            {[...lines].map(([key, [field, text]]) => (
              <li key={key}>
                <b>{field}</b> {text}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
