import { Select, Tabs, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { channelsOf } from "../../parts/channels";
import { Loaded } from "../../parts/Loaded";
import { Card } from "../../ui/Card";
import { Tag } from "../../ui/Tag";
import styles from "../Admin.module.css";
import type { FormProps } from "../FormProps";
import { ObjectEditor } from "../ObjectEditor";
import { useOne } from "../useConfig";
import { Drawing } from "./Drawing";
import { standing } from "./flow";
import { Outline } from "./Outline";
import { PreviewPanel } from "./PreviewPanel";
import { PublishButton } from "./PublishButton";
import { UsedBy } from "./UsedBy";
import { Versions } from "./Versions";

const tabs = ["draw", "outline", "try", "versions", "use"] as const;
type Tab = (typeof tabs)[number];

/** ScriptForm draws a script: its objects, the way through them, a trial, its versions. Source: SCR-01 to SCR-06. */
export function ScriptForm({ id, tab }: FormProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const query = useOne("scripts", id);
  const at: Tab = (tabs as readonly string[]).includes(tab ?? "") ? (tab as Tab) : "draw";
  return (
    <Loaded query={query} back={{ href: "/admin/scripts", label: t("scripts.title") }}>
      {(saved) => (
        <ObjectEditor
          key={saved.published}
          noun="scripts"
          saved={saved}
          area="script"
          title={saved.name || t("scripts.new")}
          mark={
            <Tag>
              {saved.published > 0 ? t("scripts.versionN", { n: saved.published }) : t("scripts.draft")}
            </Tag>
          }
          list={t("scripts.title")}
          effect={t("scripts.effect")}
          remove={{ text: t("scripts.removeText"), verb: t("scripts.remove") }}
        >
          {(form, editor) => (
            <>
              <Card>
                <div className={styles.fields}>
                  <TextInput {...form.text("name", 80)} label={t("scripts.name")} required />
                  <Select
                    {...form.choice(
                      "kind",
                      (["chat", "sms", "social"] as const).map((k) => [k, t(`scripts.kinds.${k}`)] as const),
                    )}
                    label={t("scripts.kind")}
                    allowDeselect={false}
                    disabled={saved.id !== ""}
                    description={[
                      `${channelsOf(editor.draft.kind)
                        .map((c) => t(`channel.${c}`))
                        .join(", ")}.`,
                      ...(saved.id !== "" ? [t("field.fixed")] : []),
                    ].join(" ")}
                  />
                </div>
                {saved.id !== "" && <PublishButton saved={saved} dirty={editor.dirty} />}
              </Card>
              <Tabs
                value={at}
                onChange={(to) => go(`/admin/scripts/${id}/${to}`, { replace: true })}
                keepMounted={false}
              >
                <Tabs.List className={styles.tabs}>
                  {tabs.map((name) => (
                    <Tabs.Tab
                      key={name}
                      value={name}
                      disabled={saved.id === "" && name !== "draw" && name !== "outline"}
                    >
                      {t(`scripts.tab.${name}`)}
                    </Tabs.Tab>
                  ))}
                </Tabs.List>
                {saved.id === "" && <p className={styles.tabHint}>{t("scripts.tabsLater")}</p>}
                <Tabs.Panel value={at} className={styles.panel}>
                  {at === "draw" && (
                    <Drawing
                      flow={editor.draft.draft}
                      faults={standing(saved.faults, saved.draft, editor.draft.draft)}
                      onChange={(draft) => editor.set({ draft })}
                    />
                  )}
                  {at === "outline" && <Outline flow={editor.draft.draft} />}
                  {at === "try" && <PreviewPanel script={saved} flow={editor.draft.draft} />}
                  {at === "versions" && <Versions script={saved} />}
                  {at === "use" && <UsedBy script={saved} />}
                </Tabs.Panel>
              </Tabs>
            </>
          )}
        </ObjectEditor>
      )}
    </Loaded>
  );
}
