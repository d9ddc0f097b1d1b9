import { Select } from "@mantine/core";
import type { Case } from "@parley/protocol";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import { problemText } from "../parts/problem";
import type { Chosen } from "../parts/useChosen";
import { Button } from "../ui/Button";
import { toast } from "../ui/toast";
import styles from "./CaseEdits.module.css";
import { type CaseEditsDone, usePeople } from "./work";

/** How long an edit can be taken back, as the server has it. Unit: milliseconds. */
const undoWithin = 10 * 60_000;

type Edit = { do: "close" | "reopen" | "assign"; assignee_id?: string };

/** CaseEdits changes the ticked cases at once, tells which stayed as they are, and takes it back. Source: CRM-03. */
export function CaseEdits({ cases, chosen }: { cases: readonly Case[]; chosen: Chosen }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const people = usePeople(null);
  const [done, setDone] = useState<CaseEditsDone | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(null), undoWithin);
    return () => clearTimeout(timer);
  }, [done]);

  async function send(path: string, body: object, undo: boolean) {
    setBusy(true);
    try {
      const answer = await api.post<CaseEditsDone>(path, body);
      await client.invalidateQueries({ queryKey: keys.cases() });
      await client.invalidateQueries({ queryKey: keys.customers() });
      if (undo) toast(t("cases.edits.undone", { count: answer.changed.length }), "good");
      const left = undo && answer.refused.length === 0;
      setDone(left ? null : { ...answer, changed: undo ? [] : answer.changed });
      chosen.clear();
    } catch (error) {
      toast(problemText(t, error), "bad");
    } finally {
      setBusy(false);
    }
  }
  const edit = (body: Edit) => void send("/api/cases/edits", { ...body, cases: chosen.ids }, false);
  const numberOf = (id: string, known: number) => known || cases.find((c) => c.id === id)?.number || 0;

  return (
    <>
      {chosen.ids.length > 0 && (
        <section className={styles.bar} aria-label={t("cases.edits.title")}>
          <b role="status">{t("cases.edits.chosen", { count: chosen.ids.length })}</b>
          <Button size="xs" busy={busy} onClick={() => edit({ do: "close" })}>
            {t("cases.edits.close")}
          </Button>
          <Button size="xs" busy={busy} onClick={() => edit({ do: "reopen" })}>
            {t("cases.edits.reopen")}
          </Button>
          <Select
            size="xs"
            className={styles.people}
            aria-label={t("cases.edits.assign")}
            placeholder={t("cases.edits.assign")}
            data={[{ value: "", label: t("cases.nobody") }, ...people]}
            value={null}
            searchable
            disabled={busy}
            onChange={(to) => to !== null && edit({ do: "assign", assignee_id: to })}
          />
          <Button size="xs" look="quiet" onClick={chosen.clear}>
            {t("cases.edits.clear")}
          </Button>
        </section>
      )}
      {done && (
        <section className={styles.done} aria-live="polite" aria-label={t("cases.edits.result")}>
          <p>
            {t("cases.edits.changed", { count: done.changed.length })}{" "}
            {done.changed.length > 0 && (
              <Button
                size="xs"
                busy={busy}
                onClick={() => void send("/api/cases/edits/undo", { changed: done.changed }, true)}
              >
                {t("cases.edits.undo")}
              </Button>
            )}{" "}
            <Button size="xs" look="quiet" onClick={() => setDone(null)}>
              {t("cases.edits.hide")}
            </Button>
          </p>
          {done.refused.length > 0 && (
            <ul>
              {done.refused.map((r) => (
                <li key={r.id}>
                  {t("cases.edits.refused", {
                    n: numberOf(r.id, r.number),
                    why: t(`cases.edits.why.${r.code}`),
                  })}
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  );
}
