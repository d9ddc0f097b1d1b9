import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import styles from "../Admin.module.css";
import { useNames } from "../useConfig";
import type { FieldsProps } from "./Fields";
import own from "./Scripts.module.css";

const levels = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map(String);

/** NeedFields are the skills an agent must have to be offered this contact. Source: RTE-11. */
export function NeedFields({ object, fault, set }: FieldsProps) {
  const { t } = useTranslation();
  const skills = useNames("skills");
  const needs = object.skills ?? [];
  const left = skills.filter(([id]) => !needs.some((need) => need.skill === id));
  return (
    <>
      {fault("skills") && <p className={styles.fault}>{fault("skills")}</p>}
      {needs.map((need, at) => (
        <div key={need.skill} className={own.part}>
          <Select
            label={t("scripts.skill")}
            data={skills
              .filter(([id]) => id === need.skill || left.some(([free]) => free === id))
              .map(([value, label]) => ({ value, label }))}
            value={need.skill}
            allowDeselect={false}
            error={fault(`skills[${at}].skill`)}
            onChange={(skill) =>
              set({ skills: needs.map((n, k) => (k === at ? { ...n, skill: skill ?? n.skill } : n)) })
            }
          />
          <Select
            label={t("scripts.level")}
            data={levels}
            value={String(need.level)}
            allowDeselect={false}
            onChange={(level) =>
              set({ skills: needs.map((n, k) => (k === at ? { ...n, level: Number(level) } : n)) })
            }
          />
          <div>
            <IconButton
              label={t("admin.removeOf", { name: t("scripts.skill") })}
              onClick={() => set({ skills: needs.filter((_, n) => n !== at) })}
            >
              <Icon name="x" size={16} />
            </IconButton>
          </div>
        </div>
      ))}
      <div>
        <Button
          size="xs"
          look="soft"
          icon={<Icon name="plus" size={14} />}
          why={left.length === 0 ? t("admin.noSkillLeft") : ""}
          onClick={() => set({ skills: [...needs, { skill: left[0]![0], level: 50 }] })}
        >
          {t("admin.addSkill")}
        </Button>
      </div>
    </>
  );
}
