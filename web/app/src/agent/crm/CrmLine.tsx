import type { CrmKnown, Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import type { T } from "../../i18n";
import { Claimed } from "../../parts/Claimed";
import { Icon } from "../../ui/Icon";
import css from "./Crm.module.css";
import { Outside } from "./Outside";
import { markShown } from "./shown";
import { useCrm } from "./useCrm";

/** CrmLine says on the card of an offer how many records outside fit who writes; what would pop waits as a link (DYN-02, DYN-03). */
export function CrmLine({ interaction: i }: { interaction: Interaction }) {
  const { t } = useTranslation();
  const known = useCrm(i, (i.crm?.length ?? 0) > 0).data?.items;
  return (i.crm ?? []).map((c) => {
    const k = known?.find((one) => one.connection_id === c.connection_id);
    return (
      <p key={c.connection_id} className={css.line} data-crm={c.state}>
        <Icon name="link" size={15} />
        <span>{k ? t("crm.line", { crm: k.name, what: foundText(t, c) }) : foundText(t, c)}</span>
        {k?.records.some((r) => r.claimed) && <Claimed />}
        {k?.pop_url && (
          <Outside href={k.pop_url} onOpen={() => markShown(i.id, k.connection_id)}>
            {t(k.records.length === 0 ? "crm.newThere" : "crm.open")}
          </Outside>
        )}
      </p>
    );
  });
}

/** foundText says what a lookup found. */
export function foundText(t: T, c: { state: CrmKnown["state"]; count: number }): string {
  if (c.state !== "found") return t(`crm.state.${c.state}`);
  return c.count === 0 ? t("crm.nobody") : t("crm.matches", { count: c.count });
}
