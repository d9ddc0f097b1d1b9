import { Select, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { channelsOf } from "../../parts/channels";
import { over } from "../../parts/over";
import { problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import { Tag } from "../../ui/Tag";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import type { Flow, FlowScript } from "../types";
import { useExitName } from "./ExitPicker";
import { objectsOf, readBy } from "./flow";
import { instant } from "./instant";
import { type End, PreviewEnd } from "./PreviewEnd";
import { PreviewValue } from "./PreviewValue";
import own from "./Scripts.module.css";

/** What the server says would happen. */
interface Preview extends End {
  path: { object: string; exit?: string }[] | null;
  turns: { answer: string; says: { text: string; options?: string[] }[] | null }[];
}

/** PreviewPanel runs the server's own engine for a contact who might come: "a WhatsApp in French on Tuesday 18:30". Source: SCR-01. */
export function PreviewPanel({ script, flow }: { script: FlowScript; flow: Flow }) {
  const { t } = useTranslation();
  const zone = objectsOf(flow).find((o) => o.calendar)?.calendar?.zone ?? "UTC";
  const [channel, setChannel] = useState<string>(channelsOf(script.kind)[0] ?? "");
  const [language, setLanguage] = useState("en");
  const [when, setWhen] = useState(() => `${new Date().toISOString().slice(0, 10)}T12:00`);
  const [customer, setCustomer] = useState("new");
  const [text, setText] = useState("");
  const [values, setValues] = useState<Record<string, string>>({});
  const [answers, setAnswers] = useState<string[]>([]);
  const [got, setGot] = useState<Preview | null>(null);
  const [busy, setBusy] = useState(false);
  const read = readBy(flow);
  const run = async (said: string[]) => {
    setBusy(true);
    setAnswers(said);
    try {
      const known = Object.fromEntries(read.filter((f) => values[f]).map((f) => [f, values[f]]));
      const at = instant(when, zone);
      const body = { channel, language, at, text, customer, values: known, answers: said, draft: flow };
      setGot(await api.post<Preview>(`/api/admin/scripts/${script.id}/preview`, body));
    } catch (error) {
      toast(problemText(t, error), "bad");
    }
    setBusy(false);
  };
  const pick = (options: readonly (readonly [string, string])[]) =>
    options.map(([value, label]) => ({ value, label }));
  return (
    <Card about={t("scripts.tryAbout")}>
      <div className={styles.fields}>
        <Select
          label={t("scripts.fields.channel")}
          data={pick(channelsOf(script.kind).map((c) => [c, t(`channel.${c}`)] as const))}
          value={channel}
          allowDeselect={false}
          onChange={(c) => setChannel(c ?? channel)}
        />
        <Select
          label={t("scripts.fields.language")}
          data={pick((["en", "fr-CA"] as const).map((l) => [l, t(`admin.language.${l}`)] as const))}
          value={language}
          allowDeselect={false}
          onChange={(l) => setLanguage(l ?? language)}
        />
        <TextInput
          type="datetime-local"
          label={t("scripts.when")}
          description={zone}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={when}
          onChange={(e) => setWhen(e.currentTarget.value || when)}
        />
        <Select
          label={t("scripts.fields.customer")}
          data={pick((["new", "known", "case"] as const).map((c) => [c, t(`scripts.who.${c}`)] as const))}
          value={customer}
          allowDeselect={false}
          onChange={(c) => setCustomer(c ?? customer)}
        />
        <Textarea
          className={styles.whole}
          label={t("scripts.fields.text")}
          value={text}
          error={over(t, text, 5000)}
          autosize
          onChange={(e) => setText(e.currentTarget.value)}
        />
        {read.map((field) => (
          <PreviewValue
            key={field}
            field={field}
            value={values[field] ?? ""}
            set={(value) => setValues({ ...values, [field]: value })}
          />
        ))}
      </div>
      <div>
        <Button look="main" busy={busy} icon={<Icon name="play" size={16} />} onClick={() => run([])}>
          {t("scripts.run")}
        </Button>
      </div>
      {got && (
        <Result got={got} flow={flow} onAnswer={(answer) => run([...answers, answer])}>
          <PreviewEnd end={got} network={script.kind !== "chat"} zone={zone} />
        </Result>
      )}
    </Card>
  );
}

interface ResultProps {
  got: Preview;
  flow: Flow;
  onAnswer: (answer: string) => void;
  /** Where it ends, if nobody is asked. */
  children: ReactNode;
}

function Result({ got, flow, onAnswer, children }: ResultProps) {
  const { t } = useTranslation();
  const exitName = useExitName();
  const [words, setWords] = useState("");
  const last = got.turns.at(-1)?.says?.at(-1);
  const answered = (turn: number) => {
    const { answer = "" } = got.turns[turn] ?? {};
    return got.turns[turn - 1]?.says?.at(-1)?.options?.[Number(answer) - 1] ?? answer;
  };
  return (
    <section aria-label={t("scripts.result")} aria-live="polite" className={styles.stack}>
      <ol className={own.way} aria-label={t("scripts.path")}>
        {(got.path ?? []).map((step, n) => {
          const object = objectsOf(flow).find((o) => o.label === step.object);
          return (
            <li key={n}>
              <Tag tone="info">{step.object}</Tag>{" "}
              {step.exit && object && <span className={own.to}>{exitName(object, step.exit)} →</span>}
            </li>
          );
        })}
      </ol>
      {got.turns.map((turn, n) => (
        <div key={n} className={styles.stack}>
          {n > 0 && <p className={`${own.said} ${own.answer}`}>{answered(n) || t("scripts.silence")}</p>}
          {(turn.says ?? []).map((line, k) => (
            <p key={k} className={own.said}>
              {[line.text, ...(line.options ?? []).map((o, i) => `${i + 1}. ${o}`)].join("\n")}
            </p>
          ))}
        </div>
      ))}
      {got.exit === "answer" ? (
        <div className={styles.row}>
          {(last?.options ?? []).map((option, n) => (
            <Button key={option} size="xs" onClick={() => onAnswer(String(n + 1))}>
              {option}
            </Button>
          ))}
          <Button size="xs" look="quiet" onClick={() => onAnswer("")}>
            {t("scripts.silence")}
          </Button>
          <TextInput
            aria-label={t("scripts.ownWords")}
            placeholder={t("scripts.ownWords")}
            value={words}
            error={over(t, words, 200)}
            onChange={(e) => setWords(e.currentTarget.value)}
            onKeyDown={(e) => {
              if (e.key !== "Enter") return;
              e.preventDefault(); // the page it stands in is a form
              if (!words.trim()) return;
              setWords("");
              onAnswer(words.trim());
            }}
          />
        </div>
      ) : (
        children
      )}
    </section>
  );
}
