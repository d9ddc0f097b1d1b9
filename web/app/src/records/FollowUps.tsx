import { SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import type { Case } from "@parley/protocol";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { Loaded } from "../parts/Loaded";
import { problemText } from "../parts/problem";
import { useVerified } from "../parts/useVerified";
import { Address } from "../ui/Address";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import { Tag } from "../ui/Tag";
import { toast } from "../ui/toast";
import { nameOf } from "./names";
import styles from "./Record.module.css";
import { dayField, type FollowUp, momentOf, timeField } from "./work";

/** FollowUps is what was done about a case after it was opened, and the form for more. Source: CRM-03, CRM-04. */
export function FollowUps({ record }: { record: Case }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: keys.cases(record.id, "follow-ups"),
    queryFn: () => api.get<{ items: FollowUp[] }>(`/api/cases/${record.id}/follow-ups`),
  });
  return (
    <Card title={t("cases.followUps.title")}>
      <Loaded query={query}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className={styles.foot}>{t("cases.followUps.none")}</p>}
            {items.map((f) => (
              <Done key={f.id} followUp={f} />
            ))}
          </>
        )}
      </Loaded>
      <NewFollowUp record={record} />
    </Card>
  );
}

const tones = { sent: "ok", queued: "info", failed: "warn" } as const;

function Done({ followUp: f }: { followUp: FollowUp }) {
  const { t } = useTranslation();
  return (
    <article className={styles.reply}>
      <header>
        <b>{t(`cases.followUps.${f.kind}`)}</b>
        <span>{nameOf(f.agent) || t("cases.followUps.system")}</span>
        <time>{dateTime(f.at)}</time>
        {f.letter && (
          <>
            <span>
              <Address of={f.letter.email} />
            </span>
            <Tag tone={tones[f.letter.state]}>{t(`cases.followUps.state.${f.letter.state}`)}</Tag>
          </>
        )}
      </header>
      {f.kind === "contact" ? (
        <p className={styles.words}>
          {t("cases.followUps.contactText")}{" "}
          {f.log && (
            <Link href={`/agent/cases/${f.log.id}`}>{t("cases.followUps.log", { n: f.log.number })}</Link>
          )}
        </p>
      ) : (
        <p className={styles.words} dir="auto">
          {f.text}
        </p>
      )}
    </article>
  );
}

function NewFollowUp({ record }: { record: Case }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [kind, setKind] = useState<"note" | "email">("note");
  const [text, setText] = useState("");
  const [day, setDay] = useState("");
  const [email, setEmail] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const verified = useVerified(record.customer?.id ?? "");
  const mayMail = kind === "note" || verified.length > 0;
  async function add() {
    setBusy(true);
    try {
      await api.post(`/api/cases/${record.id}/follow-ups`, {
        kind,
        text,
        at: kind === "note" && day ? momentOf(day, timeField(Date.now())) : 0,
        email: kind === "email" ? (email ?? verified[0]) : undefined,
      });
      toast(t(kind === "note" ? "cases.followUps.saved" : "cases.followUps.mailed"), "good");
      setText("");
      await client.invalidateQueries({ queryKey: keys.cases(record.id) });
    } catch (error) {
      toast(problemText(t, error), "bad");
    } finally {
      setBusy(false);
    }
  }
  return (
    <section className={`${styles.section} ${styles.screen}`} aria-label={t("cases.followUps.add")}>
      <SegmentedControl
        aria-label={t("cases.followUps.add")}
        value={kind}
        onChange={(v) => setKind(v as "note" | "email")}
        data={[
          { value: "note", label: t("cases.followUps.note") },
          { value: "email", label: t("cases.followUps.notify") },
        ]}
      />
      {kind === "email" && !mayMail && <Unverified record={record} />}
      {mayMail && (
        <>
          {kind === "email" && verified.length > 1 && (
            <Select
              label={t("cases.followUps.to")}
              data={verified}
              value={email ?? verified[0] ?? null}
              allowDeselect={false}
              onChange={setEmail}
            />
          )}
          <Textarea
            label={t(kind === "note" ? "cases.followUps.text" : "cases.followUps.message")}
            description={kind === "email" ? (email ?? verified[0]) : undefined}
            autosize
            minRows={2}
            maxRows={12}
            value={text}
            onChange={(e) => setText(e.currentTarget.value)}
          />
          <div className={styles.row}>
            {kind === "note" && (
              <TextInput
                type="date"
                aria-label={t("cases.followUps.at")}
                value={day || dayField(Date.now())}
                onChange={(e) => setDay(e.currentTarget.value)}
              />
            )}
            <Button
              icon={<Icon name={kind === "note" ? "plus" : "send"} size={16} />}
              busy={busy}
              why={text.trim() === "" ? t("why.write") : ""}
              onClick={() => void add()}
            >
              {t(kind === "note" ? "cases.followUps.keep" : "cases.followUps.send")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function Unverified({ record }: { record: Case }) {
  const { t } = useTranslation();
  return (
    <p className={styles.hint}>
      <Icon name="shield" size={16} />
      <span>
        {t(record.customer ? "cases.followUps.noVerified" : "cases.followUps.noCustomer")}{" "}
        {record.customer && (
          <Link href={`/agent/customers/${record.customer.id}`}>{t("cases.followUps.openCustomer")}</Link>
        )}
      </span>
    </p>
  );
}
