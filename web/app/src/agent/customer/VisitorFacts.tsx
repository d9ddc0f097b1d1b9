import type { Interaction } from "@parley/protocol";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { languageName, timeOfDay } from "../../i18n/format";
import { BrowserName } from "../../parts/BrowserName";
import { Claimed } from "../../parts/Claimed";
import { Consented } from "../../parts/Consented";
import { Address } from "../../ui/Address";
import { inGroup } from "../desk";
import css from "./VisitorFacts.module.css";

/** localTime is the time of day where the visitor is. Unit of offset: minutes east of UTC. */
function localTime(now: number, offset: number): string {
  return timeOfDay(now + (offset + new Date(now).getTimezoneOffset()) * 60_000);
}

interface VisitorFactsProps {
  interaction: Interaction;
  now: number;
  /** Who they are, or the rest; both if left out. */
  part?: "who" | "rest";
}

/** VisitorFacts lists what the customer said and what their browser did; what is claimed bears a shield (CNV-09). */
export function VisitorFacts({ interaction: i, now, part }: VisitorFactsProps) {
  const { t } = useTranslation();
  const v = i.visitor;
  const typed = !v.address; // on a network nobody types who they are: the network says so
  const claimed: [string, ReactNode][] = [
    [t("agent.visitor.name"), typed && v.name],
    [t("agent.visitor.email"), v.email && <Address of={v.email} />],
    [t("agent.visitor.phone"), typed && v.phone],
    [t("agent.visitor.account"), v.account_number],
    [t("agent.visitor.case"), v.case_number],
    ...Object.entries(v.variables ?? {}).map(([name, value]): [string, ReactNode] => [`$${name}`, value]),
  ];
  const known: [string, ReactNode][] = [
    [t("agent.visitor.name"), !typed && v.name],
    [t("agent.visitor.handle"), v.handle],
    [t("agent.visitor.address"), !inGroup(i) && v.address],
    [t("agent.visitor.ip"), v.ip],
  ];
  const rest: [string, ReactNode][] = [
    [t("agent.visitor.question"), v.question],
    [t("agent.visitor.language"), v.language && languageName(v.language)],
    [t("agent.visitor.localTime"), typed && localTime(now, v.zone_offset)],
    [t("agent.visitor.page"), v.page && <Address of={v.page} />],
    [t("agent.visitor.browser"), v.browser && <BrowserName userAgent={v.browser} />],
    [t("agent.visitor.consent"), v.consent_at > 0 && <Consented at={v.consent_at} version={v.consent} />],
  ];
  const shown = (all: [string, ReactNode][]) => all.filter(([, value]) => value);
  const said = part === "rest" ? [] : shown(claimed);
  const facts = [...said, ...shown([...(part === "rest" ? [] : known), ...(part === "who" ? [] : rest)])];
  return (
    <div>
      {said.length > 0 && (
        <p className={css.shield}>
          <Claimed />
        </p>
      )}
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
