import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import css from "./Claimed.module.css";

/** Claimed is the shield of what somebody says of themselves and nothing proves (A-107, CNV-09). */
export function Claimed() {
  const { t } = useTranslation();
  return (
    <span className={css.shield}>
      <Icon name="shield" size={15} />
      {t("agent.match.claimed")}
    </span>
  );
}

/** isClaimed reports whether a customer was found by a claim: all but the number that a network says they write from (POP-04). */
export function isClaimed(i: Pick<Interaction, "match" | "visitor">, customer: string): boolean {
  const { rule, customer_ids } = i.match;
  if (!rule || !customer_ids.includes(customer)) return false;
  return rule !== "phone" || !i.visitor.address;
}
