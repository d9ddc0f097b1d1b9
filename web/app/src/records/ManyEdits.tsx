import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import { fieldErrors, problemText } from "../parts/problem";
import type { Chosen } from "../parts/useChosen";
import { Button } from "../ui/Button";
import { toast } from "../ui/toast";
import styles from "./ManyEdits.module.css";
import type { EditsDone } from "./work";

/** How long an edit can be taken back, as the server has it. Unit: milliseconds. */
const undoWithin = 10 * 60_000;

interface ManyEditsProps {
  /** Where the words are. */
  words: "cases.edits" | "customers.edits" | "cases.task.edits";
  /** The noun: the path, and what the body calls the ticked ones. */
  of: "cases" | "customers" | "tasks";
  chosen: Chosen;
  /** What a ticked one is called where it is refused. */
  nameOf: (id: string) => string;
  /** The controls; each hands in what is to be done. */
  children: (edit: (body: object) => Promise<boolean>, busy: boolean) => ReactNode;
}

/** ManyEdits changes the ticked rows at once, tells which stayed as they are, and takes it back. Source: CRM-02, CRM-03, CRM-04. */
export function ManyEdits({ words, of, chosen, nameOf, children }: ManyEditsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [done, setDone] = useState<EditsDone | null>(null);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(null), undoWithin);
    return () => clearTimeout(timer);
  }, [done]);

  async function send(path: string, body: object, undo: boolean): Promise<boolean> {
    setBusy(true);
    if (!undo) setNames(new Map(chosen.ids.map((id) => [id, nameOf(id)]))); // one that goes is named all the same
    try {
      const answer = await api.post<EditsDone>(path, body);
      for (const root of [keys.cases(), keys.customers(), keys.tasks()])
        await client.invalidateQueries({ queryKey: root });
      if (undo) toast(t(`${words}.undone`, { count: answer.changed.length }), "good");
      const left = undo && answer.refused.length === 0;
      setDone(left ? null : { ...answer, changed: undo ? [] : answer.changed });
      chosen.clear();
      return true;
    } catch (error) {
      toast(Object.values(fieldErrors(t, error))[0] ?? problemText(t, error), "bad");
      return false;
    } finally {
      setBusy(false);
    }
  }
  const edit = (body: object) => send(`/api/${of}/edits`, { ...body, [of]: chosen.ids }, false);

  return (
    <>
      {chosen.ids.length > 0 && (
        <section className={styles.bar} aria-label={t(`${words}.title`)}>
          <b role="status">{t(`${words}.chosen`, { count: chosen.ids.length })}</b>
          {children(edit, busy)}
          <Button size="xs" look="quiet" onClick={chosen.clear}>
            {t("cases.edits.clear")}
          </Button>
        </section>
      )}
      {done && (
        <section className={styles.done} aria-live="polite" aria-label={t("cases.edits.result")}>
          <p>
            {t(`${words}.changed`, { count: done.changed.length })}{" "}
            {done.changed.length > 0 && (
              <Button
                size="xs"
                busy={busy}
                onClick={() => void send(`/api/${of}/edits/undo`, { changed: done.changed }, true)}
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
                  {t(`${words}.refused`, {
                    n: names.get(r.id) ?? "",
                    why: t(`${words}.why.${r.code}`),
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
