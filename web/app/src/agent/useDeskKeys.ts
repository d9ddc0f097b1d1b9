import type { Interaction } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { useActions } from "../parts/actions";
import { useGo } from "../parts/editor/useGo";
import { nextToReply } from "./desk";

/** useDeskKeys moves between my interactions by key. */
export function useDeskKeys(list: Interaction[], selected: string | undefined) {
  const { t } = useTranslation();
  const leave = useGo();
  const go = (i: Interaction | undefined) => i && i.id !== selected && leave(`/agent/i/${i.id}`);
  const here = list.findIndex((i) => i.id === selected);
  useActions([
    {
      id: "nextReply",
      label: t("help.keys.nextReply"),
      run: () => go(nextToReply(list, selected)),
    },
    {
      id: "previousReply",
      label: t("help.keys.previousReply"),
      run: () => go(nextToReply(list, selected, true)),
    },
    {
      id: "down",
      label: "",
      hidden: true,
      run: () => go(list[Math.min(list.length - 1, here + 1)]),
    },
    { id: "up", label: "", hidden: true, run: () => go(list[Math.max(0, here - 1)]) },
    ...list.slice(0, 6).map((i, n) => ({
      id: `nth${n + 1}`,
      label: i.customer.name,
      run: () => go(i),
    })),
  ]);
}
