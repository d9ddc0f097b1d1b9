import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../../i18n";
import type { Flow, FlowObject, ObjectKind } from "../types";
import { kinds, objectsOf, optional } from "./flow";

interface ExitPickerProps {
  flow: Flow;
  object: FlowObject;
  exit: string;
  error: string | undefined;
  onPick: (label: string) => void;
  onMake: (kind: ObjectKind) => void;
}

const making = "\n";

/** ExitPicker says where an exit leads: to an object there is, or to a new one. Source: SCR-02, SCR-04. */
export function ExitPicker({ flow, object, exit, error, onPick, onMake }: ExitPickerProps) {
  const { t } = useTranslation();
  const others = objectsOf(flow).filter((o) => o.label !== object.label && o.label !== "");
  return (
    <Select
      label={useExitName()(object, exit)}
      placeholder={optional(object, exit) ? t("scripts.noExit") : t("scripts.pick")}
      data={[
        { group: t("scripts.leadsTo"), items: others.map((o) => o.label) },
        {
          group: t("scripts.newObject"),
          items: kinds.map((kind) => ({ value: making + kind, label: t(`scripts.newOf.${kind}`) })),
        },
      ]}
      value={object.exits?.[exit] || null}
      error={error}
      searchable
      clearable={optional(object, exit)}
      onChange={(to) => (to?.startsWith(making) ? onMake(to.slice(1) as ObjectKind) : onPick(to ?? ""))}
    />
  );
}

/** useExitName names an exit; a menu's is its answer. */
export function useExitName() {
  const { t } = useTranslation();
  return (object: FlowObject, exit: string): string => {
    const option = object.kind === "menu" ? object.options?.[Number(exit) - 1] : undefined;
    if (option) {
      const fr = currentLanguage().startsWith("fr");
      return `${exit}. ${(fr && option.text.fr) || option.text.en}`;
    }
    if (exit.startsWith("exception"))
      return t("scripts.exit.exception", { n: exit.slice("exception".length) });
    return (t as (key: string) => string)(`scripts.exit.${exit}`);
  };
}
