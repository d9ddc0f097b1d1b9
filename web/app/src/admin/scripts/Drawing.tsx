import { Select } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { settle, toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import type { Flow, FlowFault, ObjectKind } from "../types";
import { FaultList } from "./FaultList";
import { add, fresh, kinds, objectsOf, outline, put, restored, without } from "./flow";
import { ObjectCard } from "./ObjectCard";
import own from "./Scripts.module.css";

interface DrawingProps {
  flow: Flow;
  faults: readonly FlowFault[];
  onChange: (flow: Flow) => void;
}

/** Drawing is the objects of a script, each with a form, its exits and its faults. Source: SCR-02. */
export function Drawing({ flow, faults, onChange }: DrawingProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const jump = useRef(false);
  const objects = objectsOf(flow);
  const reached = new Set(outline(flow).map((line) => line.label));
  const latest = useRef({ flow, onChange }); // an undo comes later, and must not undo what came between
  const gone = useRef<number | null>(null);
  useEffect(() => {
    latest.current = { flow, onChange };
    if (gone.current === null) return;
    const heads = list.current?.querySelectorAll<HTMLElement>(":scope > li > button");
    heads?.[Math.min(gone.current, heads.length - 1)]?.focus();
    gone.current = null;
  });
  const removed = useRef<string[]>([]);
  useEffect(() => () => settle(...removed.current), []); // nothing is left here that they could come back to
  const remove = (at: number) => {
    const label = objects[at]?.label ?? "";
    setOpen(null);
    gone.current = at;
    onChange(without(flow, at));
    const undo = () => latest.current.onChange(restored(latest.current.flow, flow, label));
    removed.current.push(label);
    toast(t("scripts.removed", { name: label }), "plain", {
      label: t("scripts.undo"),
      run: undo,
      of: [label],
    });
  };
  useEffect(() => {
    if (!jump.current || open === null) return;
    jump.current = false;
    const card = list.current?.querySelectorAll<HTMLElement>(":scope > li")[open];
    (card?.querySelector<HTMLElement>("[aria-invalid=true]") ?? card?.querySelector("input"))?.focus();
  });
  const show = (at: number) => {
    jump.current = true;
    setOpen(at);
  };
  const make = (kind: ObjectKind, from?: { at: number; exit: string }) => {
    onChange(add(flow, fresh(flow, kind, t(`scripts.object.${kind}`)), from));
    show(objects.length);
  };
  return (
    <div className={styles.stack}>
      {objects.length > 0 && faults.length > 0 && <FaultList flow={flow} faults={faults} onShow={show} />}
      {objects.length === 0 ? (
        <EmptyState icon="book" title={t("scripts.empty")} text={t("scripts.emptyText")} />
      ) : (
        <>
          <Select
            label={t("scripts.start")}
            className={styles.search}
            data={objects.map((object) => object.label)}
            value={flow.start || null}
            allowDeselect={false}
            onChange={(start) => onChange({ ...flow, start: start ?? flow.start })}
          />
          <ol className={own.objects} ref={list}>
            {objects.map((object, at) => (
              <ObjectCard
                key={at}
                flow={flow}
                object={object}
                faults={faults.filter((fault) => fault.object === object.label)}
                open={open === at}
                reached={reached.has(object.label)}
                onToggle={() => setOpen(open === at ? null : at)}
                onChange={(next) => onChange(put(flow, at, next))}
                onRemove={() => remove(at)}
                onMake={(exit, kind) => make(kind, { at, exit })}
              />
            ))}
          </ol>
        </>
      )}
      <fieldset className={own.palette}>
        <legend className={styles.label}>{t("scripts.add")}</legend>
        <div className={styles.row}>
          {kinds.map((kind) => (
            <Button
              key={kind}
              size="xs"
              look="soft"
              icon={<Icon name="plus" size={14} />}
              onClick={() => make(kind)}
            >
              {t(`scripts.object.${kind}`)}
            </Button>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
