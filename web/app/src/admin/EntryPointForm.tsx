import { Select, Switch, Tabs, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Editor } from "../parts/editor/useEditor";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import { Tag } from "../ui/Tag";
import styles from "./Admin.module.css";
import { begun } from "./blanks";
import { Chooser } from "./channels/Chooser";
import { NetworkForm } from "./channels/NetworkForm";
import { useProviders } from "./channels/useNetworks";
import { Embed } from "./Embed";
import { EntryTexts } from "./EntryTexts";
import type { FormProps } from "./FormProps";
import { HoursEditor } from "./HoursEditor";
import { Look } from "./Look";
import { ObjectEditor } from "./ObjectEditor";
import { PreChat } from "./PreChat";
import type { ScriptPart } from "./ScriptPart";
import { RunsScript } from "./scripts/RunsScript";
import type { EntryPoint, Script } from "./types";
import type { useBind } from "./useBind";
import { useAll, useNames, useOne } from "./useConfig";

const tabs = ["general", "hours", "texts", "form", "look", "embed"] as const;
type Tab = (typeof tabs)[number];
type Form = ReturnType<typeof useBind<EntryPoint>>;

/** EntryPointForm edits an entry point: a widget of ours, or an account at a network. */
export function EntryPointForm({ id, tab }: FormProps) {
  const { t } = useTranslation();
  const query = useOne("entry-points", id);
  const providers = useProviders();
  const queues = useAll("queues");
  const back = { href: "/admin/entry-points", label: t("admin.section.entry-points") };
  if (id === "new" && !tab) return <Chooser />;
  return (
    <Loaded query={providers} back={back}>
      {(networks) => (
        <Loaded query={query} back={back}>
          {(saved) => (
            <Loaded query={queues} back={back}>
              {(all) => {
                const provider = networks.find((p) => p.provider === (saved.id ? saved.provider : tab));
                const point = saved.id ? saved : begun(saved, all, provider);
                if (!provider) return <WidgetForm saved={point} tab={tab} />;
                return <NetworkForm saved={point} provider={provider} tab={tab} />;
              }}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** WidgetForm edits a widget and what happens to who uses it. Source: SCR-01 to SCR-07. */
function WidgetForm({ saved, tab }: { saved: EntryPoint; tab: string | undefined }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const at: Tab = (tabs as readonly string[]).includes(tab ?? "") ? (tab as Tab) : "general";
  return (
    <ObjectEditor
      noun="entry-points"
      saved={saved}
      area="entry"
      title={saved.name || t("admin.entry.new")}
      mark={!saved.enabled && <Tag>{t("admin.off")}</Tag>}
      list={t("admin.section.entry-points")}
      effect={t("admin.entry.effect")}
      remove={{ text: t("admin.entry.removeText"), verb: t("admin.entry.remove") }}
    >
      {(form, editor) => {
        const part: ScriptPart = {
          script: editor.draft.script,
          fault: (field) => form.fault(`script.${field}`) ?? form.fault(field),
          set: (change) => editor.set({ script: { ...editor.draft.script, ...change } }),
        };
        return (
          <Tabs
            value={at}
            onChange={(to) => go(`/admin/entry-points/${saved.id || "new"}/${to}`, { replace: true })}
            keepMounted={false}
          >
            <Tabs.List className={styles.tabs}>
              {tabs.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`admin.entry.tab.${name}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={at} className={styles.panel}>
              {at === "general" && <General form={form} editor={editor} part={part} />}
              {at === "hours" && (
                <div className={styles.stack}>
                  <RunsScript entryPoint={saved.id} />
                  <HoursEditor {...part} />
                </div>
              )}
              {at === "texts" && <EntryTexts {...part} titled />}
              {at === "form" && <PreChat {...part} />}
              {at === "look" && <Look {...part} />}
              {at === "embed" && <Embed entryPoint={saved} />}
            </Tabs.Panel>
          </Tabs>
        );
      }}
    </ObjectEditor>
  );
}

function General({ form, editor, part }: { form: Form; editor: Editor<EntryPoint>; part: ScriptPart }) {
  const { t } = useTranslation();
  const queues = useNames("queues");
  const { script, set } = part;
  return (
    <Card>
      <div className={styles.fields}>
        <TextInput {...form.text("name")} required />
        <Select {...form.choice("queue_id", queues)} allowDeselect={false} />
        <Textarea
          className={styles.whole}
          label={t("admin.entry.allowed_origins")}
          description={t("admin.entry.allowed_originsHint")}
          error={form.fault("allowed_origins")}
          autosize
          minRows={2}
          defaultValue={(editor.draft.allowed_origins ?? []).join("\n")}
          onChange={(e) =>
            editor.set({ allowed_origins: e.currentTarget.value.split(/\s+/).filter(Boolean) })
          }
          spellCheck={false}
        />
        <Select
          label={t("admin.entry.language")}
          description={t("admin.entry.languageHint")}
          data={(["en", "fr-CA"] as const).map((value) => ({ value, label: t(`admin.language.${value}`) }))}
          value={script.language}
          allowDeselect={false}
          onChange={(language) => set({ language: language as Script["language"] })}
        />
        <Switch {...form.flag("enabled")} />
        {(["skip_queue", "offline_form", "position", "customer_end", "attachments"] as const).map((field) => (
          <Switch
            key={field}
            label={t(`admin.entry.${field}`)}
            description={t(`admin.entry.${field}Hint`)}
            checked={script[field]}
            onChange={(e) => set({ [field]: e.currentTarget.checked })}
          />
        ))}
      </div>
    </Card>
  );
}
