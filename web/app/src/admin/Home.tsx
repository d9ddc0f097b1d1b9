import type { Page as Listed } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { useMe } from "../live/floor";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import styles from "./Admin.module.css";
import type { Noun } from "./blanks";
import type { HealthItem } from "./types";
import { useAll } from "./useConfig";

/** Where a thing to fix is fixed. */
export const cures: Record<string, (subject: string) => string> = {
  queue_without_agents: (id) => `/admin/queues/${id}/members`,
  skill_nobody_has: (id) => `/admin/skills/${id}`,
  entry_point_queue_disabled: (id) => `/admin/entry-points/${id}`,
  channel_paused: (id) => `/admin/entry-points/${id}/connection`,
  channel_held: (id) => `/admin/entry-points/${id}/connection`,
  channel_trouble: (id) => `/admin/entry-points/${id}/connection`,
  channel_token: (id) => `/admin/entry-points/${id}/connection`,
  webhook_off: (id) => `/admin/webhooks/${id}`,
  one_admin: () => "/admin/agents/new",
  mail_not_set: () => "/admin/settings",
  letters_given_up: () => "/agent/missed?state=replied",
};

const tiles = [
  "agents",
  "queues",
  "skills",
  "entry-points",
  "disposition-lists",
  "faqs",
] as const satisfies Noun[];

/** Home says what needs attention, and where things are. */
export function Home() {
  const { t } = useTranslation();
  const me = useMe();
  const query = useQuery({
    queryKey: keys.admin("health"),
    queryFn: async () => {
      const answer = await api.get<Listed<HealthItem> | HealthItem[]>("/api/admin/health");
      return Array.isArray(answer) ? answer : answer.items;
    },
    refetchInterval: 60_000,
  });
  return (
    <Page title={me.center || t("admin.home.title")} about={t("admin.home.about")} narrow>
      <Card title={t("admin.home.health")}>
        <Loaded query={query}>
          {(items) =>
            items.length === 0 ? (
              <EmptyState icon="check" title={t("admin.home.healthy")} text={t("admin.home.healthyText")} />
            ) : (
              <ul className={styles.ailments}>
                {items.map((item) => (
                  <Ailment key={`${item.code} ${item.subject}`} item={item} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      <FirstSteps />
      <ul className={styles.tiles}>
        {tiles.map((noun) => (
          <Tile key={noun} noun={noun} />
        ))}
      </ul>
    </Page>
  );
}

/** What a center needs before its first conversation, in the order things depend on each other (CFG-03). */
const firstSteps = [
  { noun: "agents", least: 2 },
  { noun: "queues", least: 1 },
  { noun: "entry-points", least: 1 },
] as const;

/** FirstSteps leads a new center to its first conversation, and is gone when it can have one. */
function FirstSteps() {
  const { t } = useTranslation();
  const counts = {
    agents: useAll("agents").data?.length,
    queues: useAll("queues").data?.length,
    "entry-points": useAll("entry-points").data?.length,
  };
  const done = (step: (typeof firstSteps)[number]) => (counts[step.noun] ?? step.least) >= step.least;
  if (firstSteps.every(done)) return null;
  return (
    <Card title={t("admin.home.start")} about={t("admin.home.startAbout")}>
      <ol className={styles.ailments}>
        {firstSteps.map((step) => (
          <li key={step.noun} className={styles.step} data-done={done(step) ? "" : undefined}>
            <Icon name={done(step) ? "check" : "right"} size={18} />
            <span className={styles.grow}>{t(`admin.home.first.${step.noun}`)}</span>
            {done(step) ? (
              <span className={styles.quiet}>{t("admin.home.done")}</span>
            ) : (
              <Link href={`/admin/${step.noun}/new`}>{t("admin.home.make")}</Link>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Ailment({ item }: { item: HealthItem }) {
  const { t, i18n } = useTranslation();
  const known = i18n.exists(`admin.health.${item.code}`);
  const cure = cures[item.code];
  return (
    <li className={styles.ailment}>
      <Icon name="triangle" size={18} />
      <span className={styles.grow}>
        {known
          ? t(`admin.health.${item.code}` as "admin.health.one_admin", { name: item.name })
          : t("admin.health.other", { name: item.name || item.code })}
      </span>
      {cure && <Link href={cure(item.subject)}>{t("admin.home.fix")}</Link>}
    </li>
  );
}

function Tile({ noun }: { noun: (typeof tiles)[number] }) {
  const { t } = useTranslation();
  const count = useAll(noun).data?.length;
  return (
    <li>
      <Link href={`/admin/${noun}`} className={styles.tile}>
        <span className={styles.tileValue}>{count ?? t("admin.wait")}</span>
        <span className={styles.quiet}>{t(`admin.section.${noun}`)}</span>
      </Link>
    </li>
  );
}
