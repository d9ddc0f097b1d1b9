import { Alert, TextInput } from "@mantine/core";
import type { Interaction, Visitor } from "@parley/protocol";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import { useFirstFault } from "../parts/editor/useFirstFault";
import { fieldErrors, problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import css from "./Context.module.css";
import { customerDraft, setDraft, useDraft } from "./drafts";

interface NewCustomerFormProps {
  interaction: Interaction;
  onMade: (id: string) => void;
  onCancel: () => void;
  onSearch: () => void;
}

/** prefill splits a claimed name at its last space; the person corrects the rest. */
export function prefill(v: Visitor) {
  const name = v.name.trim();
  const at = name.lastIndexOf(" ");
  return {
    first_name: at < 0 ? name : name.slice(0, at),
    last_name: at < 0 ? "" : name.slice(at + 1),
    email: v.email,
    phone: v.phone,
    account_number: v.account_number,
  };
}

/**
 * NewCustomerForm makes a record, filled with what is known, and links the interaction to it. What is typed outlives
 * the form: a look elsewhere loses nothing.
 *
 * Source: POP-03, CRM-02, E29.
 */
export function NewCustomerForm({ interaction: i, onMade, onCancel, onSearch }: NewCustomerFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const place = customerDraft(i.id);
  const typed = useDraft(place, "");
  const form: ReturnType<typeof prefill> = typed ? JSON.parse(typed) : prefill(i.visitor);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const faults = fieldErrors(t, error);
  const box = useFirstFault<HTMLFormElement>(error);
  const field = (name: keyof typeof form, fault: string = name) => ({
    label: t(`agent.record.${name}`),
    value: form[name],
    error: faults[fault],
    onChange: (e: { currentTarget: { value: string } }) =>
      setDraft(place, JSON.stringify({ ...form, [name]: e.currentTarget.value })),
  });

  async function save(draft: boolean) {
    setBusy(true);
    setError(undefined);
    const { email, phone, ...rest } = form;
    try {
      const made = await api.post<{ id: string }>("/api/customers", {
        ...rest,
        emails: email.trim() ? [email.trim()] : [],
        phones: phone.trim() ? [phone.trim()] : [],
        draft,
      });
      await client.invalidateQueries({ queryKey: keys.customers() });
      onMade(made.id);
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  }
  function submit(e: FormEvent) {
    e.preventDefault();
    void save(false);
  }

  return (
    <form ref={box} className={css.form} onSubmit={submit} aria-label={t("agent.record.new")} noValidate>
      <h2 className={css.title}>{t("agent.record.new")}</h2>
      {error !== undefined && (
        <Alert color="red" variant="light" role="alert">
          {problemText(t, error)}
        </Alert>
      )}
      <TextInput {...field("first_name")} withAsterisk />
      <TextInput {...field("last_name")} withAsterisk />
      <TextInput {...field("email", "emails[0]")} type="email" />
      <TextInput {...field("phone", "phones[0]")} type="tel" />
      <TextInput {...field("account_number")} description={t("agent.record.accountHint")} />
      <div className={css.acts}>
        <Button look="main" type="submit" busy={busy}>
          {t("action.save")}
        </Button>
        <Button busy={busy} onClick={() => void save(true)}>
          {t("action.saveDraft")}
        </Button>
        <Button look="quiet" onClick={onSearch}>
          {t("agent.match.search")}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t("action.cancel")}
        </Button>
      </div>
    </form>
  );
}
