import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import type { FormProps } from "./FormProps";
import { ObjectEditor } from "./ObjectEditor";
import { useOne } from "./useConfig";

/** SkillForm names a skill; agents and queues get it on their own pages. Source: RTE-11. */
export function SkillForm({ id }: FormProps) {
  const { t } = useTranslation();
  const query = useOne("skills", id);
  return (
    <Loaded query={query} back={{ href: "/admin/skills", label: t("admin.section.skills") }}>
      {(saved) => (
        <ObjectEditor
          noun="skills"
          saved={saved}
          area="skill"
          title={saved.name || t("admin.skill.new")}
          list={t("admin.section.skills")}
          remove={{ text: t("admin.skill.removeText"), verb: t("admin.skill.remove") }}
        >
          {(form) => (
            <Card>
              <TextInput {...form.text("name", 80)} required />
            </Card>
          )}
        </ObjectEditor>
      )}
    </Loaded>
  );
}
