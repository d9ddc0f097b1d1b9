import type { CrmKnown, Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import type { T } from "../../i18n";
import { Icon } from "../../ui/Icon";
import css from "./Crm.module.css";
import { Outside } from "./Outside";
import { markShown, useShown, wasShown } from "./shown";
import { useCrm, useLookAgain } from "./useCrm";

/**
 * CrmWaiting holds what would pop in CRMs outside and did not: a click opens one
 * tab, so that of several CRMs the first pops; or the browser blocked it, or the
 * answer came late; or records pop when a conversation has ended, where the one
 * tab is the log's (POP-01, DYN-03).
 */
export function CrmWaiting({ interaction: i }: { interaction: Interaction }) {
  const { t } = useTranslation();
  useShown();
  const known = useCrm(i, (i.crm?.length ?? 0) > 0).data?.items ?? [];
  useLookAgain(i.id, known);
  const waiting = known.filter((k) => k.pop_url && !wasShown(i.id, k.connection_id));
  if (waiting.length === 0) return null;
  return (
    <nav className={css.waiting} aria-label={t("crm.waiting")}>
      <Icon name="link" size={15} />
      {waiting.map((k) => (
        <Outside key={k.connection_id} href={k.pop_url} onOpen={() => markShown(i.id, k.connection_id)}>
          {popText(t, k)}
        </Outside>
      ))}
    </nav>
  );
}

/** popText names what opens, and in which CRM. */
function popText(t: T, k: CrmKnown): string {
  const { object, id } = k.regarding;
  const first = k.records.find((r) => r.object === object && r.id === id) ?? k.records[0];
  if (!first) return t("crm.newIn", { crm: k.name });
  return t("crm.openIn", { name: first.name || t("crm.noName"), crm: k.name });
}
