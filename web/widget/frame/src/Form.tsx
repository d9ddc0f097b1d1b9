import { useEffect, useRef, useState } from "preact/hooks";
import { useHours } from "./Closed";
import { useDesk } from "./desk";
import css from "./Form.module.css";
import type { Fields, Job } from "./keep";
import { Agreement } from "./later";
import { points } from "./text";
import type { Key, Words } from "./words";

interface Field {
  name: string;
  required: boolean;
}
type FormView = "form" | "leave" | "skip" | "again";

const must = (name: string): Field => ({ name, required: true });
const letter = ["name", "email", "text"].map(must);

/** What each form asks for besides the entry point's own, and the job it becomes. */
const forms: Record<FormView, { job: Job["kind"]; fields: Field[]; submit: Key }> = {
  form: { job: "begin", fields: [], submit: "form.start" },
  again: { job: "again", fields: [must("question")], submit: "form.start" },
  leave: { job: "offline", fields: letter, submit: "form.leave.send" },
  skip: { job: "skip", fields: letter, submit: "form.leave.send" },
};

const types: Record<string, { type?: "email" | "tel"; autocomplete: string }> = {
  name: { autocomplete: "name" },
  email: { type: "email", autocomplete: "email" },
  phone: { type: "tel", autocomplete: "tel" },
};

/** Form asks what the entry point wants to know, or takes a message when nobody can chat. */
export function Form({ view }: { view: FormView }) {
  const { chat, state, t } = useDesk();
  const { fields: own, submit } = forms[view];
  // Whom the queue or the script gave up on fills in their missed contact (I9).
  const job = view === "leave" && state.mirror?.conversation.form_after_end ? "skip" : forms[view].job;
  const fields = [
    ...own,
    ...(state.entry?.form ?? []).filter(
      ({ name }) => view === "form" || (job !== "skip" && name === "consent"),
    ),
  ];
  const [values, setValues] = useState<Fields>(() => ({ ...chat.keep.typed(), ...state.fields }));
  const [faults, setFaults] = useState<Fields>({});
  const form = useRef<HTMLFormElement>(null);
  const busy = state.job !== null;
  useEffect(() => {
    if (state.open) form.current?.querySelector<HTMLElement>("input, textarea, button")?.focus();
  }, [state.open]);
  useEffect(() => setValues((typed) => ({ ...state.fields, ...filled(typed) })), [state.fields]);
  const shown = { ...state.trouble?.fields, ...faults };

  const send = (event: Event) => {
    event.preventDefault();
    const found = check(fields, values, state.entry?.limit);
    setFaults(found);
    const [worst] = Object.keys(found);
    if (worst) return form.current?.querySelector<HTMLElement>(`[name="${worst}"]`)?.focus();
    const said = Object.fromEntries(fields.map((f) => [f.name, (values[f.name] ?? "").trim()]));
    chat.ask(job, view === "form" ? { ...state.fields, ...said } : said);
  };
  return (
    <form ref={form} class={css.form} onSubmit={send} noValidate>
      <Intro view={view} />
      {state.trouble && <Trouble />}
      {fields.map((field) => {
        const Ask = field.name === "consent" ? Agreement : Input;
        return (
          <Ask
            key={field.name}
            field={field}
            value={values[field.name] ?? ""}
            fault={shown[field.name]}
            change={(value) => {
              setValues((typed) => {
                const now = { ...typed, [field.name]: value };
                chat.keep.typed({ ...now, consent: "" }); // given anew (SCR-05)
                return now;
              });
              if (value) setFaults((had) => ({ ...had, [field.name]: "" }));
            }}
          />
        );
      })}
      <button type="submit" class={css.primary} disabled={busy}>
        {t(busy ? "form.starting" : submit)}
      </button>
      {(view === "skip" || view === "again") && (
        <button type="button" class={css.quiet} onClick={() => chat.set({ view: "chat", trouble: null })}>
          {t(view === "skip" ? "skip.stay" : "form.back")}
        </button>
      )}
      {state.link !== "up" && (
        <p class={css.hint} role="status">
          {t("link.offline")}
        </p>
      )}
    </form>
  );
}

function filled(values: Fields): Fields {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

const long = (name: string) => /^(question|text)$/.test(name);

/** over is by how many characters a field says too much. Source: SUP-02. */
const over = (name: string, value: string, limit = 5000) => points(value) - (long(name) ? limit : 200);

/** check names the fields at fault: required, invalid_email, too_long. */
export function check(fields: Field[], values: Fields, limit?: number): Fields {
  const faults: Fields = {};
  for (const { name, required } of fields) {
    const value = (values[name] ?? "").trim();
    if (required && !value) faults[name] = "required";
    else if (name === "email" && value && !/^\S+@\S+\.\S+$/.test(value)) faults[name] = "invalid_email";
    else if (over(name, value, limit) > 0) faults[name] = "too_long";
  }
  return faults;
}

function Intro({ view }: { view: FormView }) {
  const { state, t } = useDesk();
  const hours = useHours();
  if (view === "again") return <h2>{t("form.again")}</h2>;
  if (view === "form") return <h2>{state.entry?.greeting || t("form.greeting")}</h2>;
  return (
    <div>
      <h2>{t("form.leave")}</h2>
      {view === "leave" && hours.map((line) => <p key={line}>{line}</p>)}
      {!hours.length && <p>{t(view === "skip" ? "skip.effect" : "form.leave.why")}</p>}
    </div>
  );
}

/** known returns the words for a code of the server's, if there are any. */
function known(t: Words, key: string): string | undefined {
  const text = t(key as Key);
  return text === key ? undefined : text;
}

/** Trouble says what happened, what it means and what to do; the request id stands behind it. */
export function Trouble() {
  const { state, t } = useDesk();
  const { code, request } = state.trouble!;
  const text = known(t, `error.${code}`);
  return (
    <p class={css.trouble} role="alert">
      {text ?? t("error.generic")}
      {!text && request && <small>{t("error.generic.id", { id: request })}</small>}
    </p>
  );
}

export interface InputProps {
  field: Field;
  value: string;
  fault: string | undefined;
  change(value: string): void;
}

function Input({ field: { name, required }, value, fault, change }: InputProps) {
  const { state, t } = useDesk();
  const id = `f-${name}`;
  const n = over(name, value, state.entry?.limit);
  const why = n > 0 ? t("count.over_other", { n }) : fault && (known(t, `field.${fault}`) ?? t("field.bad"));
  const attributes = {
    id,
    name,
    value,
    required,
    "aria-invalid": !!why || undefined,
    "aria-describedby": why && `${id}-fault`,
    onInput: (event: Event) => change((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <div class={css.field}>
      <label for={id}>
        {t(`field.${name}` as Key)} {!required && <span>{t("field.optional")}</span>}
      </label>
      {long(name) ? (
        <textarea {...attributes} rows={4} dir="auto" />
      ) : (
        <input {...attributes} {...(types[name] as object)} dir="auto" />
      )}
      {why && (
        <p id={`${id}-fault`} class={css.fault}>
          {why}
        </p>
      )}
    </div>
  );
}
