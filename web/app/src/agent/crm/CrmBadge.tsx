import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { ChannelIcon } from "../../parts/ChannelIcon";
import css from "./Crm.module.css";
import { foundText } from "./CrmLine";

/** CrmBadge is the avatar of who writes; where CRMs outside know them it says how many records fit, and opens their list (DYN-02, DYN-04). */
export function CrmBadge({ interaction: i, onOpen }: { interaction: Interaction; onOpen: () => void }) {
  const { t } = useTranslation();
  const all = i.crm ?? [];
  const first = all[0];
  if (!first) return <ChannelIcon channel={i.channel} />;
  const count = all.reduce((sum, c) => sum + c.count, 0);
  const state = all.every((c) => c.state === "found") ? "found" : first.state;
  const said = foundText(t, { state, count });
  const mark = state === "found" ? String(count) : t(`crm.mark.${state}`);
  return (
    <button
      type="button"
      className={css.avatar}
      onClick={onOpen}
      aria-label={`${mark} ${t("crm.avatar", { what: said })}`}
      title={said}
    >
      <ChannelIcon channel={i.channel} />
      <span className={css.count} data-crm={state}>
        {mark}
      </span>
    </button>
  );
}
