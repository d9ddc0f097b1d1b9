import { Modal, TextInput } from "@mantine/core";
import type { Template } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { languageName } from "../../i18n/format";
import { Loaded } from "../../parts/Loaded";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { blanksOf, filled } from "./compose";
import css from "./TemplateDialog.module.css";

interface TemplateDialogProps {
  interaction: string;
  onSend: (text: string, template: Template) => void;
  onClose: () => void;
}

/** tagOf is a network's fr_CA as a browser names it. */
const tagOf = (language: string) => language.replace("_", "-");

/** TemplateDialog sends a text the network approved beforehand: choose, fill in, look, send (WAP-05). */
export function TemplateDialog({ interaction, onSend, onClose }: TemplateDialogProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Template | null>(null);
  const query = useQuery({
    queryKey: ["templates", interaction],
    queryFn: () => api.get<{ items: Template[] }>(`/api/interactions/${interaction}/templates`),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("agent.template.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {chosen ? (
        <Fill template={chosen} onBack={() => setChosen(null)} onSend={onSend} />
      ) : (
        <Loaded query={query}>{({ items }) => <List templates={items} onChoose={setChosen} />}</Loaded>
      )}
    </Modal>
  );
}

function List({ templates, onChoose }: { templates: Template[]; onChoose: (one: Template) => void }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState("");
  const q = wanted.toLowerCase();
  const found = templates.filter((one) => `${one.name} ${one.body}`.toLowerCase().includes(q));
  return (
    <>
      <TextInput
        label={t("agent.template.search")}
        value={wanted}
        data-autofocus
        onChange={(e) => setWanted(e.currentTarget.value)}
      />
      {found.length === 0 && <p className={css.none}>{t("agent.template.none")}</p>}
      <ul className={css.list}>
        {found.map((one) => (
          <li key={`${one.name} ${one.language}`}>
            <button type="button" className={css.one} onClick={() => onChoose(one)}>
              <b>{one.name}</b> <span>{languageName(tagOf(one.language))}</span>
              <span className={css.body} dir="auto">
                {one.body}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The longest value of a blank, as the server takes it. Unit: code points. */
export const valueMax = 200;

/** faultOf says what is wrong with a blank's value; nothing is ever cut silently. */
export function faultOf(value: string): "" | "required" | "too_long" {
  if (value.trim() === "") return "required";
  return [...value.trim().normalize("NFC")].length > valueMax ? "too_long" : "";
}

interface FillProps {
  template: Template;
  onBack: () => void;
  onSend: (text: string, template: Template) => void;
}

function Fill({ template, onBack, onSend }: FillProps) {
  const { t } = useTranslation();
  const body = template.body ?? "";
  const [values, setValues] = useState(() => Array.from({ length: blanksOf(body) }, () => ""));
  const [tried, setTried] = useState(false);
  const blanks = useRef<HTMLFormElement>(null);
  const shownFault = (value: string) => {
    const fault = faultOf(value);
    return fault !== "" && (tried || fault === "too_long") && t(`field.${fault}`);
  };
  const send = () => {
    const first = values.findIndex((value) => faultOf(value) !== "");
    if (first < 0) return onSend(filled(body, values), { ...template, values: values.map((v) => v.trim()) });
    setTried(true);
    blanks.current?.querySelectorAll("input")[first]?.focus();
  };
  return (
    <form
      ref={blanks}
      noValidate
      className={css.fill}
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      {values.map((value, n) => (
        <TextInput
          key={n}
          label={template.slots?.[n]?.name || t("agent.template.value", { n: n + 1 })}
          required
          error={shownFault(value)}
          data-autofocus={n === 0 || undefined}
          value={value}
          onChange={(e) => setValues(values.with(n, e.currentTarget.value))}
        />
      ))}
      <section aria-label={t("agent.template.preview")} className={css.preview}>
        <h3>{t("agent.template.preview")}</h3>
        <p dir="auto" lang={tagOf(template.language)}>
          {filled(body, values) || template.name}
        </p>
      </section>
      <footer className={css.acts}>
        <Button onClick={onBack}>{t("action.back")}</Button>
        <Button look="main" type="submit" icon={<Icon name="send" size={16} />}>
          {t("agent.composer.send")}
        </Button>
      </footer>
    </form>
  );
}
