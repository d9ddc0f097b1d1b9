import { MultiSelect, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Editor } from "../parts/editor/useEditor";
import { Loaded } from "../parts/Loaded";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import styles from "./Admin.module.css";
import { bodyOf } from "./blanks";
import type { FormProps } from "./FormProps";
import { ObjectEditor } from "./ObjectEditor";
import { Ordered } from "./Ordered";
import type { Disposition, DispositionList } from "./types";
import type { useBind } from "./useBind";
import { useNames, useOne } from "./useConfig";

type Form = ReturnType<typeof useBind<DispositionList>>;

/** DispositionForm edits a list of coded results: its codes in order, both languages, whom it applies to. Source: WRP-06, WRP-09. */
export function DispositionForm({ id }: FormProps) {
  const { t } = useTranslation();
  const query = useOne("disposition-lists", id);
  const queues = useNames("queues");
  const groups = useNames("groups");
  return (
    <Loaded
      query={query}
      back={{ href: "/admin/disposition-lists", label: t("admin.section.disposition-lists") }}
    >
      {(saved) => (
        <ObjectEditor
          noun="disposition-lists"
          saved={saved}
          area="list"
          title={saved.name || t("admin.list.new")}
          list={t("admin.section.disposition-lists")}
          effect={t("admin.list.effect")}
          body={(draft) => ({
            ...bodyOf("disposition-lists", draft),
            codes: draft.codes.map(withoutTemporaryId),
          })}
          remove={{ text: t("admin.list.removeText"), verb: t("admin.list.remove") }}
        >
          {(form, editor) => (
            <>
              <Card>
                <div className={styles.fields}>
                  <TextInput {...form.text("name")} required />
                  <TextInput {...form.text("name_fr")} lang="fr-CA" />
                  <Switch {...form.flag("required")} />
                  <Switch {...form.flag("multiple")} />
                  <MultiSelect {...form.many("queues", queues)} />
                  <MultiSelect {...form.many("groups", groups)} />
                </div>
              </Card>
              <Codes form={form} editor={editor} />
            </>
          )}
        </ObjectEditor>
      )}
    </Loaded>
  );
}

/** A code that was added on this page has an id of ours until the server makes one. */
const temporary = "new-";

function withoutTemporaryId(code: Disposition): Omit<Disposition, "id"> & { id?: string } {
  const { id, ...rest } = code;
  return id.startsWith(temporary) ? rest : code;
}

function Codes({ form, editor }: { form: Form; editor: Editor<DispositionList> }) {
  const { t } = useTranslation();
  const codes = editor.draft.codes ?? [];
  const change = (index: number, part: Partial<Disposition>) =>
    editor.set({ codes: codes.map((code, n) => (n === index ? { ...code, ...part } : code)) });
  const add = () => {
    const fresh = {
      id: `${temporary}${crypto.randomUUID()}`,
      name: "",
      name_fr: "",
      short: "",
      report: "",
      active: true,
    };
    editor.set({ codes: [...codes, fresh] });
  };
  return (
    <Card title={t("admin.list.codes")} about={t("admin.list.codesAbout")}>
      {codes.length === 0 && <p className={styles.quiet}>{t("admin.list.noCodes")}</p>}
      <Ordered
        items={codes}
        id={(code) => code.id}
        name={(code) => code.name || t("admin.list.newCode")}
        onChange={(next) => editor.set({ codes: next })}
        removable
      >
        {(code, index) => (
          <div className={styles.codeRow}>
            {(["name", "name_fr", "short", "report"] as const).map((field) => (
              <TextInput
                key={field}
                size="xs"
                label={t(`admin.list.code.${field}`)}
                lang={field === "name_fr" ? "fr-CA" : undefined}
                value={code[field]}
                error={form.fault(`codes[${index}].${field}`)}
                onChange={(e) => change(index, { [field]: e.currentTarget.value })}
              />
            ))}
            <Switch
              size="sm"
              label={t("admin.list.code.active")}
              checked={code.active}
              onChange={(e) => change(index, { active: e.currentTarget.checked })}
            />
          </div>
        )}
      </Ordered>
      <div>
        <Button icon={<Icon name="plus" size={16} />} onClick={add}>
          {t("admin.list.addCode")}
        </Button>
      </div>
    </Card>
  );
}
