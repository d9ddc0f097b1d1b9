import { Radio, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import styles from "./Admin.module.css";
import type { FormProps } from "./FormProps";
import { groupName } from "./groupName";
import { ObjectEditor } from "./ObjectEditor";
import type { Group } from "./types";
import { useOne } from "./useConfig";

/** GroupForm edits a group: its name and the surface its agents work in. Source: CFG-05. */
export function GroupForm({ id }: FormProps) {
  const { t } = useTranslation();
  const query = useOne("groups", id);
  return (
    <Loaded query={query} back={{ href: "/admin/groups", label: t("admin.section.groups") }}>
      {(saved) => (
        <ObjectEditor
          noun="groups"
          saved={saved}
          area="group"
          title={groupName(t, saved.name) || t("admin.group.new")}
          list={t("admin.section.groups")}
          {...(saved.default
            ? {}
            : { remove: { text: t("admin.group.removeText"), verb: t("admin.group.remove") } })}
        >
          {(form, editor) => (
            <Card>
              <TextInput {...form.text("name", 80)} required />
              <Radio.Group
                label={t("admin.group.preset")}
                description={t("admin.group.presetHint")}
                error={form.fault("preset")}
                value={editor.draft.preset}
                onChange={(preset) => editor.set({ preset: preset as Group["preset"] })}
              >
                <div className={styles.choices}>
                  {(["workspace", "console"] as const).map((preset) => (
                    <Radio
                      key={preset}
                      value={preset}
                      label={t(`admin.preset.${preset}`)}
                      description={t(`admin.presetAbout.${preset}`)}
                    />
                  ))}
                </div>
              </Radio.Group>
              {saved.id && (
                <Link href={`/admin/settings?scope=group&of=${saved.id}`}>{t("admin.settingsOfGroup")}</Link>
              )}
            </Card>
          )}
        </ObjectEditor>
      )}
    </Loaded>
  );
}
