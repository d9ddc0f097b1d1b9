import { useTranslation } from "react-i18next";
import type { Editor } from "../parts/editor/useEditor";
import { Card } from "../ui/Card";
import styles from "./Admin.module.css";
import { Levels } from "./Levels";
import type { Queue } from "./types";
import type { useBind } from "./useBind";
import { useNames } from "./useConfig";

interface QueueMembersProps {
  kind: "members" | "skills";
  form: ReturnType<typeof useBind<Queue>>;
  editor: Editor<Queue>;
}

/** QueueMembers edits who serves a queue, or which skills it asks for. Source: QUE-01, RTE-01, RTE-11. */
export function QueueMembers({ kind, form, editor }: QueueMembersProps) {
  const { t } = useTranslation();
  const agents = useNames("agents");
  const skills = useNames("skills");
  const { draft, set } = editor;
  if (kind === "skills")
    return (
      <Card about={t("admin.queue.skillsAbout")}>
        <Levels
          label={t("admin.section.skills")}
          items={(draft.required ?? []).map(({ skill_id, level }) => ({ id: skill_id, level }))}
          options={skills}
          fresh={{ level: 10 }}
          add={t("admin.addSkill")}
          none={t("admin.queue.noSkills")}
          fault={(n) => form.fault(`required[${n}].level`) ?? form.fault(`required[${n}].skill_id`)}
          onChange={(items) => set({ required: items.map(({ id, level }) => ({ skill_id: id, level })) })}
        />
      </Card>
    );
  return (
    <Card about={t("admin.queue.membersAbout")}>
      {(draft.members ?? []).length === 0 && <p className={styles.note}>{t("admin.queue.nobodyServes")}</p>}
      <Levels
        label={t("admin.section.agents")}
        items={(draft.members ?? []).map(({ agent_id, ...rest }) => ({ id: agent_id, ...rest }))}
        options={agents}
        fresh={{ level: 50, assigned: true, enabled: true }}
        add={t("admin.queue.addAgent")}
        none={t("admin.queue.noMembers")}
        fault={(n) => form.fault(`members[${n}].level`) ?? form.fault(`members[${n}].agent_id`)}
        onChange={(items) =>
          set({
            members: items.map(({ id, level, assigned = true, enabled = true }) => ({
              agent_id: id,
              level,
              assigned,
              enabled,
            })),
          })
        }
      />
    </Card>
  );
}
