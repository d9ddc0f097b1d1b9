import { Select } from "@mantine/core";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Link, Route, Switch, useLocation } from "wouter";
import styles from "./Admin.module.css";
import { AgentForm } from "./AgentForm";
import { AgentList } from "./AgentList";
import { AuditPage } from "./AuditPage";
import { CategoryForm } from "./CategoryForm";
import { CategoryList } from "./CategoryList";
import { CountriesPage } from "./channels/CountriesPage";
import { DispositionForm } from "./DispositionForm";
import { DispositionLists } from "./DispositionLists";
import { EntryPointForm } from "./EntryPointForm";
import { EntryPointList } from "./EntryPointList";
import { FieldForm } from "./FieldForm";
import { FieldList } from "./FieldList";
import { GroupForm } from "./GroupForm";
import { GroupList } from "./GroupList";
import { Home } from "./Home";
import { CrmForm } from "./integrations/CrmForm";
import { CrmList } from "./integrations/CrmList";
import { KeysPage } from "./KeysPage";
import { CannedForm } from "./knowledge/CannedForm";
import { CannedList } from "./knowledge/CannedList";
import { FaqForm } from "./knowledge/FaqForm";
import { FaqList } from "./knowledge/FaqList";
import { SupportForm } from "./knowledge/SupportForm";
import { QueueForm } from "./QueueForm";
import { QueueList } from "./QueueList";
import { SessionsPage } from "./SessionsPage";
import { SettingsPage } from "./SettingsPage";
import { SkillForm } from "./SkillForm";
import { SkillList } from "./SkillList";
import { StatusCodeForm } from "./StatusCodeForm";
import { StatusCodeList } from "./StatusCodeList";
import { ScriptForm } from "./scripts/ScriptForm";
import { ScriptList } from "./scripts/ScriptList";
import { WebhookForm } from "./webhooks/WebhookForm";
import { WebhookList } from "./webhooks/WebhookList";

type Section = {
  name: string;
  list: ComponentType;
  form?: ComponentType<{ id: string; tab: string | undefined }>;
};

/** The sections in the order they depend on each other (CFG-03). */
const groups = [
  {
    name: "people",
    sections: [
      { name: "groups", list: GroupList, form: GroupForm },
      { name: "agents", list: AgentList, form: AgentForm },
      { name: "skills", list: SkillList, form: SkillForm },
    ],
  },
  {
    name: "routing",
    sections: [
      { name: "queues", list: QueueList, form: QueueForm },
      { name: "entry-points", list: EntryPointList, form: EntryPointForm },
      { name: "sms-countries", list: CountriesPage },
      { name: "scripts", list: ScriptList, form: ScriptForm },
    ],
  },
  {
    name: "work",
    sections: [
      { name: "disposition-lists", list: DispositionLists, form: DispositionForm },
      { name: "fields", list: FieldList, form: FieldForm },
      { name: "status-codes", list: StatusCodeList, form: StatusCodeForm },
      { name: "faqs", list: FaqList, form: FaqForm },
      { name: "faq-categories", list: CategoryList, form: CategoryForm },
      { name: "canned-replies", list: CannedList, form: CannedForm },
      { name: "support-page", list: SupportForm },
    ],
  },
  {
    name: "center",
    sections: [
      { name: "settings", list: SettingsPage },
      { name: "api-keys", list: KeysPage },
      { name: "webhooks", list: WebhookList, form: WebhookForm },
      { name: "crm-connections", list: CrmList, form: CrmForm },
      { name: "sessions", list: SessionsPage },
      { name: "audit", list: AuditPage },
    ],
  },
] as const satisfies { name: string; sections: Section[] }[];

const all: Section[] = groups.flatMap((group): Section[] => [...group.sections]);

/** AdminArea is the configuration of the center. */
export function AdminArea() {
  return (
    <div className={styles.frame}>
      <Sections />
      <Switch>
        {all.map(({ name, list: List, form: Form }) => [
          <Route key={name} path={`/admin/${name}`}>
            <List />
          </Route>,
          Form && (
            <Route key={`${name}/`} path={`/admin/${name}/:id/:tab?`}>
              {({ id, tab }) => <Form key={id} id={id} tab={tab} />}
            </Route>
          ),
        ])}
        <Route>
          <Home />
        </Route>
      </Switch>
    </div>
  );
}

/** Sections is the way between the sections: a list, or a choice where there is no room. */
function Sections() {
  const { t } = useTranslation();
  const [at, go] = useLocation();
  const current =
    all.find(({ name }) => at === `/admin/${name}` || at.startsWith(`/admin/${name}/`))?.name ?? "";
  return (
    <>
      <nav className={styles.nav} aria-label={t("admin.sections")}>
        <div className={styles.sticky}>
          <Link href="/admin" className={styles.link} aria-current={current === "" ? "page" : undefined}>
            {t("admin.home.title")}
          </Link>
          {groups.map((group) => (
            <div key={group.name}>
              <p className={styles.group}>{t(`admin.part.${group.name}`)}</p>
              <ul>
                {group.sections.map(({ name }) => (
                  <li key={name}>
                    <Link
                      href={`/admin/${name}`}
                      className={styles.link}
                      aria-current={current === name ? "page" : undefined}
                    >
                      {t(`admin.section.${name}`)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </nav>
      <div className={styles.pick}>
        <Select
          aria-label={t("admin.sections")}
          data={[
            { value: "home", label: t("admin.home.title") },
            ...groups.map((group) => ({
              group: t(`admin.part.${group.name}`),
              items: group.sections.map(({ name }) => ({
                value: name as string,
                label: t(`admin.section.${name}`),
              })),
            })),
          ]}
          value={current || "home"}
          allowDeselect={false}
          onChange={(name) => go(name === "home" ? "/admin" : `/admin/${name}`)}
        />
      </div>
    </>
  );
}
