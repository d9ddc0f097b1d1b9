import { useTranslation } from "react-i18next";
import { Tag } from "../../ui/Tag";
import { stateOf, tones } from "./state";
import type { Pulse } from "./types";

/** StateTag says in one word how an entry point's network is doing. */
export function StateTag({ enabled, pulse }: { enabled: boolean; pulse: Pulse }) {
  const { t } = useTranslation();
  const state = stateOf(enabled, pulse);
  return <Tag tone={tones[state]}>{t(`admin.network.state.${state}`)}</Tag>;
}
