import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Tag } from "../../ui/Tag";
import styles from "../Admin.module.css";
import type { Flow, FlowFault, FlowObject, ObjectKind } from "../types";
import { ExitPicker } from "./ExitPicker";
import { useFaultText } from "./FaultList";
import { Fields } from "./Fields";
import { exitsOf } from "./flow";
import { LabelField } from "./LabelField";
import own from "./Scripts.module.css";

interface ObjectCardProps {
  flow: Flow;
  object: FlowObject;
  faults: readonly FlowFault[];
  open: boolean;
  /** Some way from the start leads here. */
  reached: boolean;
  onToggle: () => void;
  onChange: (object: FlowObject) => void;
  onRemove: () => void;
  /** Lets an exit lead to a new object of a kind. */
  onMake: (exit: string, kind: ObjectKind) => void;
}

/** ObjectCard is one object: its name, its form and where its exits lead. */
export function ObjectCard(p: ObjectCardProps) {
  const { flow, object, faults, open, onChange } = p;
  const { t } = useTranslation();
  const faultText = useFaultText();
  const faultWith = (is: (fault: FlowFault) => boolean) => {
    const found = faults.find(is);
    return found && faultText(found);
  };
  const fault = (field: string) => faultWith((f) => f.field === field);
  return (
    <li className={own.object} data-faulty={faults.length > 0 || undefined}>
      <button type="button" className={own.head} aria-expanded={open} onClick={p.onToggle}>
        <Icon name={open ? "up" : "down"} size={16} />
        <span className={own.name}>{object.label}</span>
        {object.label !== t(`scripts.object.${object.kind}`) && (
          <Tag>{t(`scripts.object.${object.kind}`)}</Tag>
        )}
        {flow.start === object.label && <Tag tone="ok">{t("scripts.start")}</Tag>}
        {!p.reached && <Tag>{t("scripts.unreached")}</Tag>}
        {faults.length > 0 && <Tag tone="warn">{t("scripts.faults", { count: faults.length })}</Tag>}
      </button>
      {open && (
        <div className={own.body}>
          <p className={styles.quiet}>{t(`scripts.does.${object.kind}`)}</p>
          <LabelField
            flow={flow}
            object={object}
            error={fault("label")}
            onRename={(label) => onChange({ ...object, label })}
          />
          <Fields object={object} fault={fault} set={(change) => onChange({ ...object, ...change })} />
          {exitsOf(object).length > 0 && (
            <fieldset className={own.exits}>
              <legend className={styles.label}>{t("scripts.exits")}</legend>
              {exitsOf(object).map((exit) => (
                <ExitPicker
                  key={exit}
                  flow={flow}
                  object={object}
                  exit={exit}
                  error={faultWith((f) => f.exit === exit)}
                  onPick={(to) => onChange({ ...object, exits: { ...object.exits, [exit]: to } })}
                  onMake={(kind) => p.onMake(exit, kind)}
                />
              ))}
            </fieldset>
          )}
          <div>
            <Button look="danger" size="xs" onClick={p.onRemove}>
              {t("scripts.removeObject", { name: object.label })}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}
