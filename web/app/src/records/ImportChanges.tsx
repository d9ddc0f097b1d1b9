import type { ImportChange, ImportWas } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys, queryClient } from "../api/query";
import { problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { DataTable } from "../ui/DataTable";
import { toast } from "../ui/toast";
import type { EditsDone } from "./work";

/** How many changes are shown: what a file does to its first customers, it does to all. */
const changesMax = 200;

/** How many customers one request takes back: notes may be long. */
const piece = 100;

/** ImportChanges tells what a file would change of customers who are there. Source: issue 4, section 1. */
export function ImportChanges({ changes }: { changes: ImportChange[] }) {
  const { t } = useTranslation();
  if (changes.length === 0) return null;
  const rows = changes.slice(0, changesMax).map((c, n) => ({ ...c, id: String(n) }));
  return (
    <Card title={t("records.table.changes")}>
      <DataTable
        label={t("records.table.changes")}
        empty={null}
        rows={rows}
        columns={[
          { key: "line", head: t("records.table.line"), cell: (c) => c.line },
          { key: "name", head: t("records.table.customer"), cell: (c) => c.name },
          { key: "column", head: t("records.table.column"), cell: (c) => c.column },
          { key: "before", head: t("records.table.before"), cell: (c) => c.before || "\u2013" },
          { key: "after", head: t("records.table.after"), cell: (c) => c.after },
        ]}
      />
      {changes.length >= changesMax && <p>{t("records.table.more", { n: changesMax })}</p>}
    </Card>
  );
}

/** ImportUndo makes customers that an import changed say what they said before. Source: issue 4, section 1. */
export function ImportUndo({ was }: { was: ImportWas[] }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(was);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState({ changed: 0, refused: 0 });

  async function undo() {
    setBusy(true);
    try {
      let sum = done;
      for (let rest = left; rest.length > 0; ) {
        const answer = await api.post<EditsDone>("/api/customers/import/undo", { was: rest.slice(0, piece) });
        rest = rest.slice(piece);
        sum = { changed: sum.changed + answer.changed.length, refused: sum.refused + answer.refused.length };
        setDone(sum);
        setLeft(rest);
      }
      await queryClient.invalidateQueries({ queryKey: keys.customers() });
    } catch (error) {
      toast(problemText(t, error), "bad");
    } finally {
      setBusy(false);
    }
  }

  return (
    <div role="status">
      {left.length > 0 && (
        <Button busy={busy} onClick={() => void undo()}>
          {t("records.table.undo", { count: left.length })}
        </Button>
      )}
      {done.changed > 0 && <p>{t("records.table.undone", { count: done.changed })}</p>}
      {done.refused > 0 && <p>{t("records.table.notUndone", { count: done.refused })}</p>}
    </div>
  );
}
