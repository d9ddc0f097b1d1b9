import { useEffect, useState } from "preact/hooks";
import { control, type Request } from "./api";
import type { Desk } from "./desk";
import css from "./Panel.module.css";
import { clock, type Key } from "./words";

/** How often the log is asked for, and how much of it is kept here. */
const every = 2_000;
const rowsMax = 500;
/** How many of what was found are listed, the newest first: one searches for others. */
const listMax = 100;

/** Requests is everything that went over the wire, both ways. */
export function Requests({ desk }: { desk: Desk }) {
  const t = desk.words();
  const { accounts } = desk.state;
  const [rows, setRows] = useState<Request[]>([]);
  const [account, setAccount] = useState("");
  const [words, setWords] = useState("");
  const [open, setOpen] = useState<number | null>(null);
  useEffect(() => {
    let after = 0;
    let gone = false;
    const ask = async () => {
      if (gone) return;
      const got = await control<{ requests: Request[] }>("GET", `requests?after=${after}`).catch(() => null);
      if (gone || !got) return;
      after = got.requests.at(-1)?.n ?? after;
      if (got.requests.length) setRows((had) => [...had, ...got.requests].slice(-rowsMax));
    };
    void ask();
    const timer = setInterval(ask, every);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, []);
  const found = matching(rows, account, words).reverse();
  return (
    <div class={css.panel}>
      <h2>{t("part.requests")}</h2>
      <p class={css.about}>{t("requests.about")}</p>
      <label class={css.field}>
        {t("phone.network")}
        <select value={account} onChange={(e) => setAccount(e.currentTarget.value)}>
          <option value="">{t("requests.all")}</option>
          {accounts.map((a) => (
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
        {t("requests.found_other", { n: found.length })}
        {found.length > listMax && ` ${t("requests.newest", { n: listMax })}`}
      </p>
      <ul class={css.requests}>
        {found.slice(0, listMax).map((row) => (
          <li key={row.n}>
            <button
              type="button"
              class={css.request}
              aria-expanded={open === row.n}
              onClick={() => setOpen(open === row.n ? null : row.n)}
            >
              <b data-good={row.status >= 200 && row.status < 300}>{row.status || "\u2014"}</b>
              <span>
                {t(`requests.${row.direction}`)} {row.method}
              </span>
              <small>{`#${row.n} \u00b7 ${clock(row.at, desk.state.language)} \u00b7 ${path(row.url)}`}</small>
            </button>
            {open === row.n && <Detail row={row} desk={desk} onAgain={setOpen} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface DetailProps {
  row: Request;
  desk: Desk;
  /** Called with the number of the row that a repeat has. */
  onAgain: (n: number) => void;
}

function Detail({ row, desk, onAgain }: DetailProps) {
  const t = desk.words();
  const head = Object.entries(row.header).map(([name, value]) => `${name}: ${value}`);
  const shown: [Key, string][] = [
    ["requests.url", `${row.method} ${row.url}`],
    ["requests.header", head.sort().join("\n")],
    ["requests.body", pretty(row.body)],
    [
      "requests.answer",
      `${row.status || ""} ${pretty(row.answer)}${row.error ? `\n${row.error}` : ""}`.trim(),
    ],
  ];
  const [trouble, setTrouble] = useState("");
  const again = () =>
    control<{ n: number }>("POST", `requests/${row.n}/again`).then(
      (got) => onAgain(got.n),
      (error) => setTrouble(String(error.message)),
    );
  return (
    <dl class={css.detail}>
      {row.direction === "webhook" && (
        <div>
          <dt>{row.again ? t("requests.repeats", { n: row.again }) : t("requests.signed")}</dt>
          <dd>
            {row.again && <p role="status">{t(came(row))}</p>}
            {trouble && <p role="alert">{trouble}</p>}
            <button type="button" onClick={() => void again()}>
              {t("requests.again")}
            </button>
          </dd>
        </div>
      )}
      {shown.map(([key, value]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre tabIndex={0}>{value || t("requests.nothing")}</pre>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** came is what the center made of a repeat. */
export function came(row: Request): Key {
  if (row.status < 200 || row.status > 299) return "requests.refused";
  return row.stale ? "requests.stale" : "requests.fresh";
}

/** matching finds rows of an account ("" is any) that hold all the words. */
export function matching(rows: Request[], account: string, words: string): Request[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const all =
      `${row.method} ${row.url} ${row.body} ${row.status} ${row.answer} ${row.error ?? ""}`.toLowerCase();
    return (!account || row.account === account) && wanted.every((word) => all.includes(word));
  });
}

/** pretty writes JSON and forms so that people can read them. */
export function pretty(body: string): string {
  if (/^[[{]/.test(body)) {
    try {
      return JSON.stringify(JSON.parse(body), null, 2);
    } catch {
      return body;
    }
  }
  if (/^[\w%.+-]+=[^\s]*$/.test(body))
    return [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join("\n");
  return body;
}

/** path leaves out the host, which is always the same two. */
const path = (url: string): string => url.replace(/^https?:\/\/[^/]+/, "");
