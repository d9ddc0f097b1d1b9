import type { CrmKnown, CrmLog } from "@parley/protocol";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../ui/Page";
import contextCss from "../Context.module.css";
import css from "./Crm.module.css";
import { CrmLogState, underOf } from "./CrmLogState";
import { OneCrm } from "./CrmTab";
import { useCrm, useCrmActs } from "./useCrm";

type Filed = CrmKnown & { log: CrmLog };

const filed = (k: CrmKnown): k is Filed => k.log !== null;

/** leadsTo is where the page goes by itself: to the log of the one CRM there is, once it is there. Of several nobody's is the right one. */
export function leadsTo(known: CrmKnown[]): string {
  const [only, ...more] = known.filter(filed);
  return only && more.length === 0 && only.log.state === "posted" ? only.log.url : "";
}

/** CrmLogPage waits in its own tab until a log is outside, and leads there; of several CRMs it shows where each log is (DYN-06). */
export function CrmLogPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useCrm({ id });
  const url = leadsTo(query.data?.items ?? []);
  useEffect(() => {
    if (url) location.replace(url);
  }, [url]);
  return (
    <Page
      title={t("crm.log.title")}
      about={t("crm.log.page")}
      back={{ href: `/agent/interactions/${id}`, label: t("crm.back") }}
      narrow
    >
      <Loaded query={query}>
        {(page) => page.items.filter(filed).map((k) => <Filing key={k.connection_id} id={id} known={k} />)}
      </Loaded>
    </Page>
  );
}

/** Filing is how one CRM's log stands. What failed is mended here, for the desk has let the conversation go (DYN-08). */
function Filing({ id, known: k }: { id: string; known: Filed }) {
  const acts = useCrmActs(id, k.connection_id);
  if (k.log.state === "failed") return <OneCrm id={id} known={k} />;
  return (
    <section className={css.one} aria-label={k.name}>
      <h2 className={contextCss.title}>{k.name}</h2>
      <CrmLogState log={k.log} under={underOf(k)} onRetry={() => void acts.retry()} />
    </section>
  );
}
