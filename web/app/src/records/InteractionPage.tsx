import type { Interaction, Message, Note } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { clock, dateTime, inLanguage } from "../i18n/format";
import { useMe } from "../live/floor";
import { nameless } from "../live/nameless";
import { Facts } from "../parts/Facts";
import { Loaded } from "../parts/Loaded";
import { Playback } from "../parts/Playback";
import { Card } from "../ui/Card";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import styles from "./Record.module.css";
import { TranscriptActs } from "./TranscriptActs";

type Told = { interaction: Interaction; messages: Message[] | null; notes: Note[] | null };

/** InteractionPage plays a stored interaction back. Source: MON-06, CRM-07. */
export function InteractionPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.interactions(id),
    queryFn: () => api.get<Told>(`/api/interactions/${id}`),
  });
  return (
    <Loaded query={query} back={{ href: "/agent/interactions", label: t("records.interaction.title") }}>
      {(told) => <Told told={told} />}
    </Loaded>
  );
}

function Told({ told }: { told: Told }) {
  const { t } = useTranslation();
  const i = nameless(told.interaction);
  const [search] = useSearchParams();
  return (
    <Page
      title={i.customer.name}
      mark={<Tag tone={i.state === "logged" ? "ok" : "info"}>{t(`state.${i.state}`)}</Tag>}
      about={t("records.interaction.about", { n: i.number, when: dateTime(i.created_at) })}
      back={{ href: "/agent/interactions", label: t("records.interaction.title") }}
      actions={<TranscriptActs paper={`/api/interactions/${i.id}/paper`} talk={i} customer={i.customer.id} />}
    >
      <div className={styles.columns}>
        <Card title={t("editor.transcript")}>
          <Playback
            messages={told.messages ?? []}
            notes={told.notes ?? []}
            customer={i.customer.name}
            at={Number(search.get("line"))}
          />
        </Card>
        <Side interaction={i} />
      </div>
    </Page>
  );
}

function Side({ interaction: i }: { interaction: Interaction }) {
  const { t } = useTranslation();
  const supervises = useMe().permissions.includes("supervise");
  const codes = i.lists.flatMap((list) => list.codes).filter((code) => i.chosen.includes(code.id));
  const ended = i.ended_by ? t(`records.endedBy.${i.ended_by}` as "records.endedBy.agent") : "";
  return (
    <div className={styles.stack}>
      <Card title={t("records.details")}>
        <Facts
          rows={[
            [t("records.interaction.queue"), i.queue.name],
            [t("records.interaction.agent"), i.agent?.display_name ?? ""],
            [t("records.interaction.channel"), t(`channel.${i.channel}`)],
            [t("records.interaction.waited"), i.accepted_at > 0 ? clock(i.accepted_at - i.entry_at) : ""],
            [t("records.interaction.accepted"), dateTime(i.accepted_at)],
            [t("records.interaction.ended"), dateTime(i.ended_at)],
            [t("records.interaction.endedBy"), ended],
            [t("records.interaction.codes"), codes.map(inLanguage).join(", ") || t("records.none")],
          ]}
        />
      </Card>
      <Card title={t("records.interaction.claimed")} about={t("records.interaction.claimedAbout")}>
        <Facts
          rows={[
            [t("records.customer.name"), i.visitor.name],
            [t("records.customer.email"), i.visitor.email],
            [t("records.customer.account"), i.visitor.account_number],
            ...Object.entries(i.visitor.variables ?? {}).map(([name, value]): [string, string] => [
              `$${name}`,
              value,
            ]),
            [t("records.interaction.page"), i.visitor.page],
            [t("records.interaction.ip"), i.visitor.ip],
          ]}
        />
      </Card>
      <div className={styles.row}>
        {i.customer.id && (
          <Link href={`/agent/customers/${i.customer.id}`}>{t("records.case.openCustomer")}</Link>
        )}
        {i.case && (
          <Link href={`/agent/cases/${i.case.id}`}>{t("records.case.title", { n: i.case.number })}</Link>
        )}
        {supervises && (
          <Link href={`/supervisor/offers?interaction=${i.id}`}>{t("records.interaction.offers")}</Link>
        )}
      </div>
    </div>
  );
}
