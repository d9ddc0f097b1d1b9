import { Select, Switch, Tabs, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { ChannelIcon } from "../../parts/ChannelIcon";
import { Card } from "../../ui/Card";
import styles from "../Admin.module.css";
import { EntryTexts } from "../EntryTexts";
import { HoursEditor } from "../HoursEditor";
import { ObjectEditor } from "../ObjectEditor";
import type { ScriptPart } from "../ScriptPart";
import { RunsScript } from "../scripts/RunsScript";
import type { EntryPoint } from "../types";
import { useNames } from "../useConfig";
import { Account } from "./Account";
import { Connection } from "./Connection";
import { OddEvents } from "./OddEvents";
import { StateTag } from "./StateTag";
import type { Provider } from "./types";
import { useCare } from "./useNetworks";
import { useWords } from "./words";

const tabs = ["account", "connection", "hours", "texts", "odd"] as const;
type Tab = (typeof tabs)[number];

interface NetworkFormProps {
  saved: EntryPoint;
  provider: Provider;
  tab: string | undefined;
}

/** NetworkForm edits an entry point at a network and shows how it is doing. Source: SMS-01, SOC-01, ux 15. */
export function NetworkForm({ saved, provider, tab }: NetworkFormProps) {
  const { t } = useTranslation();
  const words = useWords();
  const [, go] = useLocation();
  const queues = useNames("queues");
  const care = useCare(saved.id);
  const known = (tabs as readonly string[]).includes(tab ?? "");
  const at: Tab = known ? (tab as Tab) : saved.id ? "connection" : "account";
  const label = (field: string) => {
    const [where, name] = field.split(".");
    return name && (where === "settings" || where === "secrets") ? words.field(name) : undefined;
  };
  return (
    <ObjectEditor
      noun="entry-points"
      saved={saved}
      area="entry"
      title={saved.name || t("admin.network.newAt", { name: words.provider(provider) })}
      mark={
        <>
          <ChannelIcon channel={provider.channels[0]!} />{" "}
          {care.data && <StateTag enabled={saved.enabled} pulse={care.data} />}
        </>
      }
      list={t("admin.section.entry-points")}
      effect={t("admin.entry.effect")}
      remove={{ text: t("admin.network.removeText"), verb: t("admin.entry.remove") }}
      label={(field) => (field === "address" ? words.field(provider.address.name) : label(field))}
      show={(field) => (field === "secrets" ? t("admin.settings.hidden") : undefined)}
    >
      {(form, editor) => {
        const part: ScriptPart = {
          script: editor.draft.script,
          fault: (field) => form.fault(`script.${field}`) ?? form.fault(field),
          set: (change) => editor.set({ script: { ...editor.draft.script, ...change } }),
        };
        const account = (
          <>
            <Card>
              <div className={styles.fields}>
                <TextInput {...form.text("name")} required />
                <Select {...form.choice("queue_id", queues)} allowDeselect={false} required />
                <Switch {...form.flag("enabled")} description={t("admin.network.enabledHint")} />
              </div>
            </Card>
            <Account form={form} editor={editor} provider={provider} />
          </>
        );
        if (!saved.id) return account;
        return (
          <Tabs
            value={at}
            onChange={(to) => go(`/admin/entry-points/${saved.id}/${to}`, { replace: true })}
            keepMounted={false}
          >
            <Tabs.List className={styles.tabs}>
              {tabs.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`admin.network.tab.${name}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={at} className={`${styles.panel} ${styles.stack}`}>
              {at === "account" && account}
              {at === "connection" && <Connection point={saved} provider={provider} />}
              {at === "hours" && (
                <>
                  <RunsScript entryPoint={saved.id} />
                  <HoursEditor {...part} />
                </>
              )}
              {at === "texts" && <EntryTexts {...part} texted={provider.channels.includes("sms")} />}
              {at === "odd" && <OddEvents id={saved.id} />}
            </Tabs.Panel>
          </Tabs>
        );
      }}
    </ObjectEditor>
  );
}
