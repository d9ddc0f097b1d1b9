import { useEffect, useState } from "preact/hooks";
import { type CrmRecord, control, Refusal } from "./api";
import type { Desk } from "./desk";
import css from "./Panel.module.css";
import type { Key } from "./words";

/** How often a CRM is asked what it holds, and how much of it is listed. */
const every = 2_000;
const rowsMax = 100;

/** Records is what a CRM holds: people, and the calls that were filed. */
export function Records({ desk }: { desk: Desk }) {
  const t = desk.words();
  const { crms } = desk;
  const [account, setAccount] = useState(crms[0]?.id ?? "");
  const [rows, setRows] = useState<CrmRecord[]>([]);
  const [words, setWords] = useState("");
  const [said, setSaid] = useState("");
  const ask = async () => {
    const got = await control<{ records: CrmRecord[] }>("GET", `records/${account}`).catch(() => null);
    if (got) setRows(got.records);
  };
  useEffect(() => {
    setRows([]);
    void ask();
    const timer = setInterval(ask, every);
    return () => clearInterval(timer);
  }, [account]);
  const forget = async (row: CrmRecord) => {
    try {
      await control("DELETE", `records/${account}/${row.object}/${row.id}`);
      setSaid(t("records.forgotten", { name: row.name || row.id }));
    } catch (error) {
      setSaid(error instanceof Refusal ? error.message : t("trouble.offline"));
    }
    await ask();
  };
  const found = holding(rows, words);
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return (
    <div class={css.panel}>
      <h2>{t("part.records")}</h2>
      <p class={css.about}>{t("records.about")}</p>
      <label class={css.field}>
        {t("records.crm")}
        <select value={account} onChange={(e) => setAccount(e.currentTarget.value)}>
          {crms.map((a) => (
            <option key={a.id} value={a.id}>
              {t(`network.${a.network}` as Key)} ({a.id})
            </option>
          ))}
        </select>
      </label>
      <label class={css.field}>
        {t("requests.search")}
        <input type="search" value={words} onInput={(e) => setWords(e.currentTarget.value)} />
      </label>
      <p role="status" class={css.about}>
        {said || t("records.found_other", { n: found.length })}
      </p>
      <div class={css.cards}>
        {found.slice(0, rowsMax).map((row) => (
          <article key={row.id} class={css.card}>
            <a href={row.page} target="_blank" rel="noreferrer" dir="auto">
              {row.name || row.id}
            </a>
            <p dir="auto">
              {row.object}
              {row.closed ? `, ${t("records.closed")}` : ""}
              {row.regarding
                ? `, ${t("records.regarding", { name: names.get(row.regarding) || row.regarding })}`
                : ""}
            </p>
            <button type="button" onClick={() => forget(row)}>
              {t("records.forget")}
              <span data-hidden> {row.name}</span>
            </button>
          </article>
        ))}
      </div>
    </div>
  );
}

/** holding returns the records in which every word stands somewhere. */
export function holding(rows: CrmRecord[], words: string): CrmRecord[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = [row.object, row.name, ...Object.values(row.fields)].join("\n").toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
