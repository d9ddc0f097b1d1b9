import { useTranslation } from "react-i18next";
import { Tag } from "../ui/Tag";
import type { Missed } from "./types";

/** MissedTag shows how far a missed contact is. */
export function MissedTag({ state }: { state: Missed["state"] }) {
  const { t } = useTranslation();
  const tones = { new: "warn", taken: "info", replied: "ok", done: "plain" } as const;
  return <Tag tone={tones[state]}>{t(`records.missed.states.${state}`)}</Tag>;
}
