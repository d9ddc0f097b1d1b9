import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useFloor } from "../live/floor";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import { Tag } from "../ui/Tag";
import styles from "./Admin.module.css";
import type { FormProps } from "./FormProps";
import { ObjectEditor } from "./ObjectEditor";
import { QueueGeneral } from "./QueueGeneral";
import { QueueMembers } from "./QueueMembers";
import { QueueOverload } from "./QueueOverload";
import { QueueTimes } from "./QueueTimes";
import type { Queue } from "./types";
import { useAll, useOne } from "./useConfig";

const tabs = ["general", "members", "skills", "timing", "sla", "overload", "codes", "messages"] as const;
type Tab = (typeof tabs)[number];

/** The tab a field is on, so that a fault leads there. */
const homes: Record<string, Tab> = {
  members: "members",
  required: "skills",
  accept_interval_s: "timing",
  wrapup_s: "timing",
  reply_target_s: "timing",
  sla_pct: "sla",
  sla_s: "sla",
  max_wait_s: "overload",
  max_size: "overload",
  on_max_wait: "overload",
  on_full: "overload",
  no_agents: "overload",
  on_close: "overload",
  overflow: "overload",
  wait_text: "messages",
  wait_text_fr: "messages",
};

/** QueueForm edits a queue, by the tabs of QUE-05. */
export function QueueForm({ id, tab }: FormProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const query = useOne("queues", id);
  const waiting = useFloor((w) => w.gauges)?.queues.find((q) => q.id === id)?.waiting ?? 0;
  const at: Tab = (tabs as readonly string[]).includes(tab ?? "") ? (tab as Tab) : "general";
  return (
    <Loaded query={query} back={{ href: "/admin/queues", label: t("admin.section.queues") }}>
      {(saved) => (
        <ObjectEditor
          noun="queues"
          saved={saved}
          area="queue"
          title={saved.name || t("admin.queue.new")}
          mark={!saved.enabled && <Tag>{t("admin.off")}</Tag>}
          list={t("admin.section.queues")}
          effect={t("admin.queue.effect", { count: (saved.members ?? []).length, waiting })}
          remove={{ text: t("admin.queue.removeText"), verb: t("admin.queue.remove") }}
        >
          {(form, editor) => (
            <Tabs
              value={at}
              onChange={(to) => go(`/admin/queues/${id}/${to}`, { replace: true })}
              keepMounted={false}
            >
              <Tabs.List className={styles.tabs}>
                {tabs.map((name) => {
                  const faulty = editor.error?.fields.some(
                    (f) => (homes[f.field.replace(/[.[].*/, "")] ?? "general") === name,
                  );
                  return (
                    <Tabs.Tab key={name} value={name} data-faulty={faulty ? "" : undefined}>
                      {t(`admin.queue.tab.${name}`)}
                      {faulty && <span className={styles.fault}>{t("admin.faulty")}</span>}
                    </Tabs.Tab>
                  );
                })}
              </Tabs.List>
              <Tabs.Panel value={at} className={styles.panel}>
                {at === "general" && <QueueGeneral form={form} />}
                {(at === "members" || at === "skills") && (
                  <QueueMembers kind={at} form={form} editor={editor} />
                )}
                {(at === "timing" || at === "sla") && <QueueTimes kind={at} form={form} />}
                {(at === "overload" || at === "messages") && (
                  <QueueOverload kind={at} form={form} editor={editor} id={id} />
                )}
                {at === "codes" && <Codes queue={saved} />}
              </Tabs.Panel>
            </Tabs>
          )}
        </ObjectEditor>
      )}
    </Loaded>
  );
}

/** Codes shows which disposition lists the queue's interactions get; they are assigned on the lists. Source: WRP-06. */
function Codes({ queue }: { queue: Queue }) {
  const { t } = useTranslation();
  const lists = useAll("disposition-lists").data ?? [];
  const mine = lists.filter((list) => queue.id && list.queues?.includes(queue.id));
  return (
    <Card about={t("admin.queue.codesAbout")}>
      {mine.length === 0 && <p className={styles.quiet}>{t("admin.queue.noCodes")}</p>}
      {mine.map((list) => (
        <div key={list.id} className={styles.row}>
          <Link href={`/admin/disposition-lists/${list.id}`}>{list.name}</Link>
          <Tag tone={list.required ? "warn" : "plain"}>
            {list.required ? t("admin.list.required") : t("admin.list.optional")}
          </Tag>
        </div>
      ))}
      <div className={styles.row}>
        <Link href="/admin/disposition-lists">{t("admin.queue.toCodes")}</Link>
        {queue.id && (
          <Link href={`/admin/settings?scope=queue&of=${queue.id}`}>{t("admin.queue.toLog")}</Link>
        )}
      </div>
    </Card>
  );
}
