import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../ui/Page";
import { CrmLogState } from "./CrmLogState";
import { useCrm, useCrmActs } from "./useCrm";

/** CrmLogPage waits in its own tab until a log is outside, and leads there (DYN-06). */
export function CrmLogPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useCrm({ id });
  const url = query.data?.items.find((k) => k.log?.state === "posted" && k.log.url)?.log?.url ?? "";
  useEffect(() => {
    if (url) location.replace(url);
  }, [url]);
  return (
    <Page
      title={t("crm.log.title")}
      about={t("crm.log.page")}
      back={{ href: `/agent/i/${id}`, label: t("crm.back") }}
      narrow
    >
      <Loaded query={query}>
        {(page) =>
          page.items.map(
            (k) => k.log && <One key={k.connection_id} id={id} connection={k.connection_id} log={k.log} />,
          )
        }
      </Loaded>
    </Page>
  );
}

function One({
  id,
  connection,
  log,
}: {
  id: string;
  connection: string;
  log: Parameters<typeof CrmLogState>[0]["log"];
}) {
  const acts = useCrmActs(id, connection);
  return <CrmLogState log={log} under="" onRetry={() => void acts.retry()} />;
}
