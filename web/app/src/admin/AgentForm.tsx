import { NumberInput, PasswordInput, SegmentedControl, Select, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Loaded } from "../parts/Loaded";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Tag } from "../ui/Tag";
import styles from "./Admin.module.css";
import { bodyOf } from "./blanks";
import type { FormProps } from "./FormProps";
import { Levels } from "./Levels";
import { ObjectEditor } from "./ObjectEditor";
import { PasswordDialog } from "./PasswordDialog";
import type { AgentForm as Agent } from "./types";
import { useAll, useNames, useOne } from "./useConfig";

const roles = ["agent", "supervisor", "admin"] as const;

/** AgentForm edits an account: who, what they may, what they know, which queues they serve. Source: SEC-01, SEC-04. */
export function AgentForm({ id }: FormProps) {
  const { t } = useTranslation();
  const query = useOne("agents", id);
  const [changing, setChanging] = useState(false);
  return (
    <Loaded query={query} back={{ href: "/admin/agents", label: t("admin.section.agents") }}>
      {(saved) => (
        <>
          <ObjectEditor
            noun="agents"
            saved={saved}
            area="agent"
            title={saved.display_name || t("admin.agent.new")}
            mark={!saved.enabled && <Tag>{t("admin.off")}</Tag>}
            list={t("admin.section.agents")}
            effect={t("admin.agent.effect")}
            actions={
              saved.id && <Button onClick={() => setChanging(true)}>{t("admin.agent.setPassword")}</Button>
            }
            body={(draft) => ({
              ...bodyOf("agents", draft),
              ...(draft.id ? {} : { password: draft.password }),
            })}
            remove={{ text: t("admin.agent.removeText"), verb: t("admin.agent.remove"), reversible: true }}
          >
            {(form, editor) => (
              <>
                <Account form={form} isNew={editor.isNew} />
                <Rights form={form} editor={editor} saved={saved} />
                <Abilities editor={editor} fault={form.fault} />
              </>
            )}
          </ObjectEditor>
          <PasswordDialog agent={changing ? saved : null} onClose={() => setChanging(false)} />
        </>
      )}
    </Loaded>
  );
}

type Parts = Parameters<Parameters<typeof ObjectEditor<"agents">>[0]["children"]>;
type Form = Parts[0];
type Editor = Parts[1];

function Account({ form, isNew }: { form: Form; isNew: boolean }) {
  const { t } = useTranslation();
  return (
    <Card title={t("admin.agent.account")}>
      <div className={styles.fields}>
        <TextInput {...form.text("display_name")} required />
        <TextInput
          {...form.text("login")}
          required
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <TextInput {...form.text("email")} type="email" />
        <Select
          {...form.choice("language", [
            ["en", t("admin.language.en")],
            ["fr-CA", t("admin.language.fr-CA")],
          ])}
          allowDeselect={false}
        />
        {isNew && <PasswordInput {...form.text("password")} required autoComplete="new-password" />}
        <Switch {...form.flag("enabled")} />
      </div>
    </Card>
  );
}

function Rights({ form, editor, saved }: { form: Form; editor: Editor; saved: Agent }) {
  const { t } = useTranslation();
  const groups = useNames("groups");
  const usual = useAll("groups").data?.find((group) => group.default);
  const chosen = editor.draft.may_reject === null ? "inherit" : editor.draft.may_reject ? "yes" : "no";
  return (
    <Card title={t("admin.agent.rights")}>
      <div className={styles.fields}>
        <Select
          {...form.choice(
            "role",
            roles.map((role) => [role, t(`login.role.${role}`)] as const),
          )}
          allowDeselect={false}
        />
        <Select {...form.choice("group_id", groups)} placeholder={usual?.name ?? ""} allowDeselect={false} />
        <NumberInput {...form.number("capacity")} min={1} max={20} />
        <div>
          <p className={styles.label} id="may-reject">
            {t("admin.agent.may_reject")}
          </p>
          <SegmentedControl
            aria-labelledby="may-reject"
            value={chosen}
            onChange={(value) => editor.set({ may_reject: value === "inherit" ? null : value === "yes" })}
            data={(["inherit", "yes", "no"] as const).map((value) => ({
              value,
              label: t(`admin.reject.${value}`),
            }))}
          />
        </div>
      </div>
      {saved.id && (
        <Link href={`/admin/settings?scope=agent&of=${saved.id}`}>{t("admin.settingsOfAgent")}</Link>
      )}
    </Card>
  );
}

function Abilities({ editor, fault }: { editor: Editor; fault: Form["fault"] }) {
  const { t } = useTranslation();
  const skills = useNames("skills");
  const queues = useNames("queues");
  const { draft, set } = editor;
  return (
    <>
      <Card title={t("admin.section.queues")} about={t("admin.agent.membershipsAbout")}>
        <Levels
          label={t("admin.section.queues")}
          items={(draft.memberships ?? []).map(({ queue_id, ...rest }) => ({ id: queue_id, ...rest }))}
          options={queues}
          fresh={{ level: 50, assigned: true, enabled: true }}
          add={t("admin.agent.addQueue")}
          none={t("admin.agent.noQueues")}
          fault={(n) => fault(`memberships[${n}].level`) ?? fault(`memberships[${n}].queue_id`)}
          onChange={(items) =>
            set({
              memberships: items.map(({ id, level, assigned = true, enabled = true }) => ({
                queue_id: id,
                level,
                assigned,
                enabled,
              })),
            })
          }
        />
      </Card>
      <Card title={t("admin.section.skills")} about={t("admin.agent.skillsAbout")}>
        <Levels
          label={t("admin.section.skills")}
          items={(draft.skills ?? []).map(({ skill_id, level }) => ({ id: skill_id, level }))}
          options={skills}
          fresh={{ level: 50 }}
          add={t("admin.addSkill")}
          none={t("admin.agent.noSkills")}
          fault={(n) => fault(`skills[${n}].level`) ?? fault(`skills[${n}].skill_id`)}
          onChange={(items) => set({ skills: items.map(({ id, level }) => ({ skill_id: id, level })) })}
        />
      </Card>
    </>
  );
}
