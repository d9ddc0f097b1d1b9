import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/query";
import { currentLanguage } from "../i18n";
import { number, toTheSecond } from "../i18n/format";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import styles from "./WhyPage.module.css";
import {
  exitKey,
  grouped,
  idleAt,
  type Kept,
  type Line,
  lines,
  reasonOf,
  ruleOf,
  type Score,
  type ScriptPath,
  type ScriptStep,
  stepKind,
  type Why,
} from "./why";

/** WhyPage tells in plain words why an offer went to its agent. Source: RTE-10. */
export function WhyPage({ offer }: { offer: string }) {
  const { t } = useTranslation();
  const dot = offer.lastIndexOf(".");
  const [interaction, attempt] = [offer.slice(0, dot), offer.slice(dot + 1)];
  const query = useQuery({
    queryKey: keys.offers(offer, "why"),
    queryFn: () => api.get<Why>(`/api/interactions/${interaction}/offers/${attempt}/why`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const back = { href: `/supervisor/offers?interaction=${interaction}`, label: t("supervisor.offers.title") };
  return (
    <Loaded query={query} back={back}>
      {(why) => (
        <Page title={t("supervisor.why.title")} back={back} narrow>
          <Decision why={why} />
          {why.path && <Way path={why.path} />}
          <KeptOut why={why} />
          <p className={styles.foot}>
            {t("supervisor.why.config", { n: why.config })}{" "}
            <Link href={`/supervisor/monitor/${interaction}`}>{t("supervisor.why.open")}</Link>
          </p>
        </Page>
      )}
    </Loaded>
  );
}

function Decision({ why }: { why: Why }) {
  const { t } = useTranslation();
  const name = (of: { agent: string }) => why.names[of.agent] || of.agent;
  const words = {
    name: name(why.chosen),
    next: why.next ? name(why.next) : "",
    a: why.rule === "load" ? why.chosen.load : why.chosen.level,
    b: why.rule === "load" ? (why.next?.load ?? 0) : (why.next?.level ?? 0),
  };
  return (
    <Card>
      <p className={styles.sentence}>{t(`supervisor.why.rule.${ruleOf(why)}`, words)}</p>
      <p className={styles.sub}>{t("supervisor.why.eligible", { count: why.eligible })}</p>
      <Comparison why={why} />
    </Card>
  );
}

function Comparison({ why }: { why: Why }) {
  const { t } = useTranslation();
  const name = (of: { agent: string }) => why.names[of.agent] || of.agent;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <td />
          <th scope="col">
            {name(why.chosen)}
            <span className={styles.role}>{t("supervisor.why.chosen")}</span>
          </th>
          {why.next && (
            <th scope="col">
              {name(why.next)}
              <span className={styles.role}>{t("supervisor.why.next")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {lines(why).map((line) => (
          <tr key={line.what} data-decided={line.decided ? "" : undefined}>
            <th scope="row">
              {t(`supervisor.why.what.${line.what}`)}
              {line.decided && <span className={styles.decided}>{t("supervisor.why.decided")}</span>}
            </th>
            <Value line={line} score={why.chosen} />
            {why.next && <Value line={line} score={why.next} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ line, score }: { line: Line; score: Score }) {
  const { t } = useTranslation();
  if (line.what !== "idle") return <td>{number(score[line.what])}</td>;
  return <td>{toTheSecond(idleAt(score)) || t("supervisor.none")}</td>;
}

/** Way is what the contact came by before the queue. Source: SCR-02. */
function Way({ path }: { path: ScriptPath }) {
  const { t } = useTranslation();
  const fr = currentLanguage().startsWith("fr");
  const left = (step: ScriptStep) => {
    if (step.answer) return (fr && step.answer.fr) || step.answer.en;
    const { key, n } = exitKey(step.exit);
    return t(`supervisor.why.path.exit.${key}`, { n, exit: step.exit });
  };
  const name = path.name || t("supervisor.why.path.gone");
  return (
    <Card
      title={t("supervisor.why.path.title")}
      about={t("supervisor.why.path.about", { name, n: path.version })}
    >
      <ol className={styles.way}>
        {path.steps.map((step, n) => {
          const kind = stepKind(step);
          return (
            <li key={n}>
              <b dir="auto">{step.object}</b>{" "}
              {kind && <span>{t(`supervisor.why.path.kind.${kind}`, { exit: left(step) })}</span>}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function KeptOut({ why }: { why: Why }) {
  const { t } = useTranslation();
  const name = (of: { agent: string }) => why.names[of.agent] || of.agent;
  const groups = grouped(why);
  return (
    <Card title={t("supervisor.why.kept")} about={t("supervisor.why.keptAbout")}>
      {groups.length === 0 && <EmptyState icon="check" title={t("supervisor.why.keptNone")} />}
      {groups.map((group) => (
        <section key={group.reason} className={styles.group}>
          <h3 className={styles.reason}>
            {sentence(group.agents[0]!)}
            <span className={styles.source}>{group.source}</span>
          </h3>
          <ul className={styles.people}>
            {group.agents.map((kept) => (
              <li key={kept.agent}>
                <b>{name(kept)}</b> <Change kept={kept} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Card>
  );

  function sentence(kept: Kept): string {
    const reason = reasonOf(kept);
    return reason ? t(`supervisor.why.reason.${reason}`) : kept.reason;
  }
}

/** Change is the smallest change that would have let the agent in. */
function Change({ kept }: { kept: Kept }) {
  const { t, i18n } = useTranslation();
  const reason = reasonOf(kept);
  if (!reason) return null;
  const put = (value: string) =>
    i18n.exists(`status.${value}`) ? t(`status.${value}` as "status.busy") : value;
  return <span>{t(`supervisor.why.change.${reason}`, { has: put(kept.has), needs: put(kept.needs) })}</span>;
}
