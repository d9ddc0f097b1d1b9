import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../Admin.module.css";
import type { FaqText } from "../types";
import { changes, newerOf } from "./compare";
import own from "./Knowledge.module.css";

/** Edition is an answer as it was published once, or its draft. */
export interface Edition {
  key: string;
  label: string;
  texts: FaqText[];
}

/** FaqCompare lays two editions of an answer over each other: what went is struck out, what came is marked. Source: FAQ-01. */
export function FaqCompare({ editions }: { editions: Edition[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState({ before: "", after: "" });
  const at = (key: string, otherwise: number) =>
    editions.find((e) => e.key === key) ?? editions[otherwise] ?? editions[0];
  const newer = newerOf(editions.map((e) => e.texts));
  const before = at(chosen.before, newer + 1);
  const after = at(chosen.after, newer);
  if (!before || !after || editions.length < 2) return null;
  const data = editions.map((e) => ({ value: e.key, label: e.label }));
  const found = changes(before.texts, after.texts);
  const choice = (side: "before" | "after", value: string) => (
    <Select
      className={styles.select}
      label={t(`admin.faq.${side}`)}
      data={data}
      value={value}
      allowDeselect={false}
      onChange={(key) => setChosen({ ...chosen, [side]: key ?? "" })}
    />
  );
  return (
    <section className={own.compare} aria-label={t("admin.faq.compare")}>
      <h3>{t("admin.faq.compare")}</h3>
      <div className={styles.bar}>
        {choice("before", before.key)}
        {choice("after", after.key)}
      </div>
      <div role="status">{found.length === 0 && <p className={styles.quiet}>{t("admin.faq.same")}</p>}</div>
      {found.map((c) => (
        <div key={`${c.language} ${c.part}`} data-change={`${c.language} ${c.part}`}>
          <h4>{`${t(`admin.faq.${c.part}`)} \u00b7 ${t(`admin.language.${c.language}`)}`}</h4>
          <p className={own.changed} lang={c.language} dir="auto">
            {c.stretches.map((s, n) => {
              const key = `${n} ${s.was}`;
              if (s.was === "gone") return <del key={key}>{s.text}</del>;
              if (s.was === "new") return <ins key={key}>{s.text}</ins>;
              return <span key={key}>{s.text}</span>;
            })}
          </p>
        </div>
      ))}
    </section>
  );
}
