import { MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { inLanguage } from "../../i18n/format";
import { Loaded } from "../../parts/Loaded";
import { Card } from "../../ui/Card";
import styles from "../Admin.module.css";
import type { FormProps } from "../FormProps";
import { ObjectEditor } from "../ObjectEditor";
import { WordsFields } from "../scripts/WordsFields";
import { useAll, useNames, useOne } from "../useConfig";

const everybody = "everybody";

/** CannedForm edits a shared canned reply; with codes or a note it is a macro. */
export function CannedForm({ id }: FormProps) {
  const { t } = useTranslation();
  const query = useOne("canned-replies", id);
  const groups = useNames("groups");
  const lists = useAll("disposition-lists").data ?? [];
  return (
    <Loaded query={query} back={{ href: "/admin/canned-replies", label: t("admin.section.canned-replies") }}>
      {(saved) => (
        <ObjectEditor
          noun="canned-replies"
          saved={saved}
          area="canned"
          title={saved.name || t("admin.canned.new")}
          list={t("admin.section.canned-replies")}
          effect={t("admin.canned.effect")}
          remove={{ text: t("admin.canned.removeText"), verb: t("admin.canned.remove") }}
        >
          {(form, editor) => (
            <Card>
              <div className={styles.fields}>
                <TextInput {...form.text("name")} required />
                <TextInput {...form.text("shortcut")} leftSection="/" />
                <Select
                  {...form.choice("owner_id", [[everybody, t("admin.canned.everybody")], ...groups])}
                  value={editor.draft.owner_id || everybody}
                  onChange={(value) => editor.set({ owner_id: !value || value === everybody ? "" : value })}
                  allowDeselect={false}
                />
              </div>
              <WordsFields
                label={t("admin.canned.text")}
                value={editor.draft.text}
                error={form.fault("text.en") ?? form.fault("text.fr")}
                onChange={(text) => editor.set({ text })}
              />
              <p className={styles.quiet}>{t("admin.canned.variables")}</p>
              <div className={styles.fields}>
                <MultiSelect
                  {...form.many("dispositions", [])}
                  data={lists.map((l) => ({
                    group: inLanguage(l),
                    items: l.codes.map((c) => ({ value: c.id, label: inLanguage(c) })),
                  }))}
                />
                <Textarea {...form.text("note")} autosize minRows={2} />
              </div>
            </Card>
          )}
        </ObjectEditor>
      )}
    </Loaded>
  );
}
