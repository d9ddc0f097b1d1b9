import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { ChannelIcon } from "../../parts/ChannelIcon";
import css from "./Crm.module.css";
import { foundText } from "./CrmLine";

/** CrmBadge is the avatar of who writes; where CRMs outside know them it says how many records fit, and opens their list (DYN-02, DYN-04). */
export function CrmBadge({ interaction: i, onOpen }: { interaction: Interaction; onOpen: () => void }) {
  const { t } = useTranslation();
  const all = i.crm ?? [];
  if (all.length === 0) return <ChannelIcon channel={i.channel} />;
  const count = all.reduce((sum, c) => sum + c.count, 0);
  // What one CRM found counts although another is down; "nobody" is only said when all have answered.
  const open = all.find((c) => c.state !== "found");
  const state = count === 0 && open ? open.state : "found";
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
