import { useTranslation } from "react-i18next";
import { fieldText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import type { Flow, FlowFault } from "../types";
import { useExitName } from "./ExitPicker";
import { objectsOf } from "./flow";
import own from "./Scripts.module.css";

interface FaultListProps {
  flow: Flow;
  faults: readonly FlowFault[];
  /** Opens the object at a place of the flow. */
  onShow: (at: number) => void;
}

/** FaultList says where each fault of a script is, and leads there. Source: SCR-04. */
export function FaultList({ flow, faults, onShow }: FaultListProps) {
  const { t } = useTranslation();
  const exitName = useExitName();
  const faultText = useFaultText();
  return (
    <ul className={own.objects}>
      {faults.map((fault, n) => {
        const at = objectsOf(flow).findIndex((object) => object.label === fault.object);
        const object = objectsOf(flow)[at];
        if (!object) return <li key={n}>{faultText(fault)}</li>;
        const exit = fault.exit ? ` · ${exitName(object, fault.exit)}` : "";
        return (
          <li key={n}>
            <Button size="xs" look="quiet" onClick={() => onShow(at)}>
              {t("scripts.faultAt", { place: object.label + exit, fault: faultText(fault) })}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/** useFaultText returns the sentence for what is wrong with an exit or a field. */
export function useFaultText(): (fault: FlowFault) => string {
  const { t } = useTranslation();
  return ({ exit, field, code }) => {
    if (exit) return t(code === "loop" ? "scripts.fault.loop" : "scripts.fault.nowhere");
    if (field === "start") return t("scripts.noStart");
    return field === "skills" ? t("scripts.fault.nothingSet") : fieldText(t, code);
  };
}
