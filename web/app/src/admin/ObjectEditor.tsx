import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { keys } from "../api/query";
import { EditorForm } from "../parts/editor/EditorForm";
import { type Editor, useEditor } from "../parts/editor/useEditor";
import { Page } from "../ui/Page";
import { bodyOf, type Kinds, type Noun } from "./blanks";
import { useBind } from "./useBind";
import { readOne } from "./useConfig";

type Bind<N extends Noun> = ReturnType<typeof useBind<Kinds[N]>>;

interface ObjectEditorProps<N extends Noun> {
  noun: N;
  saved: Kinds[N];
  /** The catalog's area with the words of the fields: admin.<area>. */
  area: string;
  /** The title: the object's name, or "New queue". */
  title: string;
  /** The name of the list one came from. */
  list: string;
  mark?: ReactNode;
  /** Beside the title. */
  actions?: ReactNode;
  /** Whom saving touches, and when. */
  effect?: string;
  /** What deleting does; absent where there is no deleting. */
  remove?: { text: string; verb: string; reversible?: boolean };
  body?: (draft: Kinds[N]) => unknown;
  show?: (field: string, value: unknown) => string | undefined;
  /** The word for a field the catalog's area does not know. */
  label?: (field: string, draft: Kinds[N]) => string | undefined;
  children: (form: Bind<N>, editor: Editor<Kinds[N]>) => ReactNode;
}

/** ObjectEditor is the page on which one object of the configuration is edited. */
export function ObjectEditor<N extends Noun>(props: ObjectEditorProps<N>) {
  const { noun, saved, area, title, list, mark, actions, effect, remove, body, show, label, children } =
    props;
  const { t } = useTranslation();
  const [, go] = useLocation();
  const back = `/admin/${noun}`;
  const editor = useEditor<Kinds[N]>({
    path: `/api/admin/${noun}`,
    saved,
    root: keys.admin(),
    read: (id) => readOne(noun, id),
    body: body ?? ((draft) => bodyOf(noun, draft)),
    onMade: (id) => go(id ? `${back}/${id}` : back, { replace: true }),
    onRemoved: () => go(back, { replace: true }),
  });
  const form = useBind(editor, area);
  return (
    <Page title={title} mark={mark} actions={actions} back={{ href: back, label: list }} narrow>
      <EditorForm
        editor={editor}
        label={(field) => label?.(field, editor.draft) ?? form.label(field)}
        effect={effect ?? t("admin.effect")}
        {...(show ? { show } : {})}
        {...(remove ? { remove: { name: title, ...remove } } : {})}
      >
        {children(form, editor)}
      </EditorForm>
    </Page>
  );
}
