import { Modal, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { over } from "../../parts/over";
import { problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import type { FlowScript } from "../types";
import { useNames } from "../useConfig";
import { Changes } from "./Changes";

interface PublishButtonProps {
  saved: FlowScript;
  /** Something is typed and not saved. */
  dirty: boolean;
}

/** PublishButton puts the saved draft into force, once somebody says why. Source: SCR-04. */
export function PublishButton({ saved, dirty }: PublishButtonProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const fit = saved.faults.length === 0 && saved.changes.length > 0 && !dirty;
  const state = dirty
    ? t("scripts.saveFirst")
    : saved.faults.length > 0
      ? t("scripts.faulty", { count: saved.faults.length })
      : saved.published === 0
        ? t("scripts.noVersions")
        : saved.changes.length > 0
          ? t("scripts.changes", { count: saved.changes.length })
          : t("scripts.inForce");
  return (
    <div className={styles.row}>
      <Button look="main" why={fit ? "" : state} onClick={() => setAsking(true)}>
        {t("scripts.publish")}
      </Button>
      <span className={styles.quiet} role="status">
        {state}
      </span>
      <PublishDialog script={saved} version={0} open={asking} onClose={() => setAsking(false)} />
    </div>
  );
}

interface PublishDialogProps {
  script: FlowScript;
  /** 0 is the draft; else this version again. */
  version: number;
  open: boolean;
  onClose: () => void;
}

/** PublishDialog says whom publishing touches, and asks why. */
export function PublishDialog({ script, version, open, onClose }: PublishDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const points = new Map(useNames("entry-points"));
  const [why, setWhy] = useState("");
  const [busy, setBusy] = useState(false);
  const verb = version > 0 ? t("scripts.rollBackTo", { n: version }) : t("scripts.publish");
  const publish = async () => {
    setBusy(true);
    try {
      await api.put(`/api/admin/scripts/${script.id}/publication`, { why, version, rev: script.rev });
      setWhy("");
      onClose();
      await client.invalidateQueries({ queryKey: keys.admin() });
      toast(t("scripts.published"), "good");
    } catch (error) {
      toast(problemText(t, error), "bad");
    }
    setBusy(false);
  };
  return (
    <Modal
      opened={open}
      onClose={onClose}
      title={verb}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form
        className={styles.stack}
        onSubmit={(e) => {
          e.preventDefault();
          e.stopPropagation(); // the page it stands in is a form too
          if (why.trim()) publish();
        }}
      >
        <p>
          {script.used_by.length > 0
            ? t("scripts.touches", { names: script.used_by.map((id) => points.get(id) ?? id).join(", ") })
            : t("scripts.touchesNobody")}
        </p>
        {version === 0 && <Changes changes={script.changes} />}
        <TextInput
          label={t("scripts.why")}
          value={why}
          required
          error={over(t, why, 80)}
          data-autofocus
          onChange={(e) => setWhy(e.currentTarget.value)}
        />
        <div className={styles.end}>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            look="main"
            type="submit"
            busy={busy}
            why={why.trim() ? "" : t("why.fillIn", { field: t("scripts.why") })}
          >
            {verb}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
