import { Checkbox, FileButton, Progress, Select } from "@mantine/core";
import type { Imported, ImportFault } from "@parley/protocol";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api, path } from "../api/client";
import { queryClient } from "../api/query";
import type { T } from "../i18n";
import { number } from "../i18n/format";
import { fieldErrors, fieldText, problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { DataTable } from "../ui/DataTable";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { labelOf, useRecordFields } from "./CustomFields";
import { ImportChanges, ImportUndo } from "./ImportChanges";
import styles from "./Record.module.css";
import { useRights } from "./useRights";

const fields = [
  "account_number",
  "id",
  "first_name",
  "last_name",
  "email",
  "phone",
  "language",
  "zone",
  "notes",
] as const;

/** The parts of an address: each of the primary and of the secondary one is a column. */
const parts = ["lines", "city", "region", "postal_code", "country"] as const;

/** How many faults are shown: a file whose every row is wrong has a wrong column. */
const faultsMax = 200;

interface Try {
  dry: boolean;
  /** Rows done. */
  at: number;
  sum: Imported;
  running: boolean;
  problem: string;
}

/** ImportPage adds customers from a table, and changes those who are there if asked to: tried first, then done in steps, each row once. Source: issue 4, section 1. */
export function ImportPage() {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [columns, setColumns] = useState<string[]>([]);
  const [now, setNow] = useState<Try | null>(null);
  const [update, setUpdate] = useState(false);
  const mayUpdate = useRights()("edit");
  const turn = useRef(0);

  /** go runs all steps, from a row on; a newer one ends it. */
  async function go(table: File, dry: boolean, as: string[], from = 0, before?: Imported, updates = update) {
    const mine = ++turn.current;
    let sum = before;
    for (let at = from; ; ) {
      try {
        const step = await api.post<Imported>(
          path("/api/customers/import", { columns: as.join(","), dry_run: dry, from: at, update: updates }),
          table,
        );
        if (mine !== turn.current) return;
        sum = sum
          ? {
              ...step,
              added: sum.added + step.added,
              had: sum.had + step.had,
              same: sum.same + step.same,
              updated: sum.updated + step.updated,
              changes: [...sum.changes, ...step.changes],
              was: [...sum.was, ...step.was],
              wrong: [...sum.wrong, ...step.wrong],
            }
          : step;
        if (as.length === 0) setColumns(step.columns);
        at = step.next;
        setNow({ dry, at: at || step.rows, sum, running: at > 0, problem: "" });
        if (at === 0) break;
      } catch (error) {
        if (mine !== turn.current) return;
        setNow({
          dry,
          at,
          sum: sum ?? empty,
          running: false,
          problem: refusal(t, error),
        });
        return;
      }
    }
    if (!dry) await queryClient.invalidateQueries({ queryKey: ["customers"] });
  }

  function choose(chosen: File | null) {
    if (!chosen) return;
    setFile(chosen);
    setColumns([]);
    if (chosen.size > 0) {
      setNow(null);
      void go(chosen, true, []);
    } else setNow({ dry: true, at: 0, sum: empty, running: false, problem: fieldText(t, "empty") });
  }

  const done = now && !now.running && !now.problem;
  return (
    <Page
      narrow
      title={t("records.table.title")}
      about={t("records.table.about")}
      back={{ href: "/agent/customers", label: t("nav.customers") }}
      actions={
        <FileButton onChange={choose} accept=".csv,.txt,.tsv,text/csv">
          {(props) => (
            <Button look={file ? "plain" : "main"} icon={<Icon name="plus" size={16} />} {...props}>
              {t("records.table.choose")}
            </Button>
          )}
        </FileButton>
      }
    >
      {now?.problem && (
        <p role="alert">
          {now.problem} {now.at > 0 && t("records.table.broken", { n: now.at })}
        </p>
      )}
      {now && file && now.sum.rows > 0 && (
        <>
          <p role="status">
            {t("records.table.file", {
              name: file.name,
              count: now.sum.rows,
              encoding: now.sum.encoding.toUpperCase(),
              separator: t(`records.table.separator.${separators[now.sum.separator] ?? "comma"}`),
            })}
          </p>
          <Columns
            sum={now.sum}
            columns={columns}
            onChange={(next) => {
              setColumns(next);
              if (next.some(Boolean)) void go(file, true, next);
              else setNow({ ...now, sum: { ...now.sum, added: 0, updated: 0, changes: [], wrong: [] } });
            }}
          />
          <Checkbox
            label={t("records.table.update")}
            description={mayUpdate.why || t("records.table.updateHint")}
            checked={update}
            disabled={mayUpdate.disabled || mayUpdate.why !== "" || (now.running && !now.dry)}
            onChange={(event) => {
              const updates = event.currentTarget.checked;
              setUpdate(updates);
              if (columns.some(Boolean)) void go(file, true, columns, 0, undefined, updates);
            }}
          />
          {columns.some(Boolean) ? <Outcome now={now} /> : <p role="alert">{t("records.table.unknown")}</p>}
          <div className={styles.heading}>
            {now.dry && done && now.sum.added + now.sum.updated > 0 && (
              <Button look="main" onClick={() => void go(file, false, columns)}>
                {t(now.sum.updated > 0 ? "records.table.change" : "records.table.add")}
              </Button>
            )}
            {now.problem && now.at > 0 && (
              <Button look="main" onClick={() => void go(file, now.dry, columns, now.at, now.sum)}>
                {t("records.table.goOn")}
              </Button>
            )}
            {!now.dry && !now.running && now.sum.was.length > 0 && (
              <ImportUndo key={turn.current} was={now.sum.was} />
            )}
          </div>
          <ImportChanges changes={now.sum.changes} />
          <Faults wrong={now.sum.wrong} />
        </>
      )}
    </Page>
  );
}

/** refusal says why a file is not taken. */
function refusal(t: T, error: unknown): string {
  const said = error instanceof ApiError && error.fields[0]?.code === "too_many";
  if (said) return t("records.table.tooMany", { n: number(Number(error.data.limit)) });
  return Object.values(fieldErrors(t, error))[0] ?? problemText(t, error);
}

const empty: Imported = {
  rows: 0,
  next: 0,
  added: 0,
  had: 0,
  same: 0,
  updated: 0,
  changes: [],
  was: [],
  wrong: [],
  head: [],
  columns: [],
  encoding: "",
  separator: "",
  sample: [],
};

/** separators are the words for what stands between the cells of a file. */
const separators: Record<string, "comma" | "semicolon" | "tab" | "bar"> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
};

function Outcome({ now }: { now: Try }) {
  const { t } = useTranslation();
  const of = now.sum.rows;
  return (
    <div role="status">
      {now.running && (
        <>
          <p>{t(now.dry ? "records.table.trying" : "records.table.adding", { n: now.at, of })}</p>
          <Progress value={(100 * now.at) / of} aria-label={t("records.table.title")} />
        </>
      )}
      {now.sum.updated > 0 && (
        <p>{t(now.dry ? "records.table.would" : "records.table.updated", { count: now.sum.updated })}</p>
      )}
      {(now.sum.added > 0 || now.sum.same + now.sum.updated === 0) && (
        <p>{t(now.dry ? "records.table.ready" : "records.table.added", { count: now.sum.added })}</p>
      )}
      {now.sum.had > 0 && <p>{t("records.table.had", { count: now.sum.had })}</p>}
      {now.sum.same > 0 && <p>{t("records.table.same", { count: now.sum.same })}</p>}
      {now.sum.wrong.length > 0 ? (
        <p>{t("records.table.wrong", { count: now.sum.wrong.length })}</p>
      ) : (
        !now.running && <p>{t("records.table.noFault")}</p>
      )}
    </div>
  );
}

interface ColumnsProps {
  sum: Imported;
  columns: string[];
  onChange: (columns: string[]) => void;
}

function Columns({ sum, columns, onChange }: ColumnsProps) {
  const { t } = useTranslation();
  const own = (useRecordFields("customer").data ?? []).filter((f) => f.active);
  const options = [
    { value: "", label: t("records.table.leftOut") },
    ...fields.map((f) => ({ value: f, label: t(`records.table.field.${f}`) })),
    ...(["home", "other"] as const).flatMap((of) =>
      parts.map((part) => ({
        value: `${of}_${part}`,
        label: t("records.table.part", {
          address: t(`customers.field.${of}`),
          part: t(`customers.place.${part}`),
        }),
      })),
    ),
    ...own.map((f) => ({ value: `fields.${f.name}`, label: labelOf(f) })),
  ];
  return (
    <Card title={t("records.table.columns")}>
      <div className={styles.fields}>
        {sum.head.map((head, n) => (
          <Select
            key={n}
            label={head || String(n + 1)}
            description={sum.sample.map((row) => row[n]).find(Boolean) ?? ""}
            data={options}
            value={columns[n] ?? ""}
            allowDeselect={false}
            onChange={(value) =>
              onChange(sum.head.map((_, i) => (i === n ? (value ?? "") : (columns[i] ?? ""))))
            }
          />
        ))}
      </div>
    </Card>
  );
}

function Faults({ wrong }: { wrong: ImportFault[] }) {
  const { t } = useTranslation();
  if (wrong.length === 0) return null;
  const rows = wrong.slice(0, faultsMax).map((f, n) => ({ ...f, id: String(n) }));
  return (
    <Card title={t("records.table.faults")}>
      <DataTable
        label={t("records.table.faults")}
        empty={null}
        rows={rows}
        columns={[
          { key: "line", head: t("records.table.line"), cell: (f) => f.line },
          { key: "column", head: t("records.table.column"), cell: (f) => f.column },
          { key: "value", head: t("records.table.value"), cell: (f) => f.value },
          { key: "why", head: t("records.table.why"), cell: (f) => fieldText(t, f.code) },
        ]}
      />
      {wrong.length > faultsMax && <p>{t("records.table.more", { n: faultsMax })}</p>}
    </Card>
  );
}
