import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldText } from "../../parts/problem";
import styles from "../Admin.module.css";
import type { Flow, FlowObject } from "../types";
import { labelFault } from "./flow";

interface LabelFieldProps {
  flow: Flow;
  object: FlowObject;
  error: string | undefined;
  onRename: (label: string) => void;
}

/** LabelField renames an object. What is no label, or another's, stays in the field: exits go by labels. Source: SCR-02. */
export function LabelField({ flow, object, error, onRename }: LabelFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const code = typed === null ? "" : labelFault(flow, object, typed);
  return (
    <TextInput
      label={t("scripts.label")}
      description={t("scripts.labelHint")}
      className={styles.search}
      value={typed ?? object.label}
      error={code ? fieldText(t, code) : error}
      onBlur={() => setTyped(null)}
      onChange={(e) => {
        const label = e.currentTarget.value;
        setTyped(label);
        if (labelFault(flow, object, label) === "") onRename(label);
      }}
    />
  );
}
