import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../ui/Page";
import type { FormProps } from "../FormProps";
import { CrmCheck } from "./CrmCheck";
import { CrmEditor } from "./CrmEditor";
import { CrmState } from "./CrmList";
import { CrmLogs } from "./CrmLogs";
import { CrmPanel } from "./CrmPanel";
import { useConnections, useKinds } from "./useCrms";

/** CrmForm sets a connection up, checks it and shows what waits for it. Source: DYN-09, DYN-08. */
export function CrmForm({ id }: FormProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const all = useConnections();
  const [saves, setSaves] = useState(0); // what was checked before is no longer so
  const back = { href: "/admin/crm-connections", label: t("admin.section.crm-connections") };
  const saved = all.data?.items.find((c) => c.id === id);
  if (id !== "new" && all.data && !saved)
    return (
      <Page title={t("crms.admin.gone")} back={back} narrow>
        {null}
      </Page>
    );
  return (
    <Page
      title={saved?.name ?? t("crms.admin.new")}
      about={t("crms.admin.about")}
      back={back}
      narrow
      actions={saved && <CrmState connection={saved} />}
    >
      <Loaded query={kinds}>
        {(page) => (
          <Loaded query={all}>
            {() => (
              <>
                <CrmEditor
                  key={saved?.rev ?? 0}
                  kinds={page.items}
                  saved={saved ?? null}
                  onSaved={() => setSaves(saves + 1)}
                />
                {saved && (
                  <>
                    <CrmCheck key={saves} connection={saved} />
                    <CrmLogs connection={saved} />
                    <CrmPanel
                      connection={saved}
                      frame={page.items.find((k) => k.kind === saved.kind)?.frame}
                    />
                  </>
                )}
              </>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
