import { TextInput } from "@mantine/core";
import type { CrmKnown } from "@parley/protocol";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { useFirstFault } from "../../parts/editor/useFirstFault";
import { fieldErrors, problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { toast } from "../../ui/toast";
import contextCss from "../Context.module.css";

const fields = ["first_name", "last_name", "email", "phone"] as const;

/** CrmNewContact adds who writes to a CRM outside, filled with what is known; what its own rules find is said (DYN-03, E35). */
export function CrmNewContact({ id, known: k, onDone }: { id: string; known: CrmKnown; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form, setForm] = useState(k.prefill);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function save(e: FormEvent) {
    e.preventDefault();
    setError(undefined);
    setBusy(true);
    try {
      const made = await api.post<{ name: string }>(
        `/api/interactions/${id}/crm/${k.connection_id}/records`,
        form,
      );
      toast(t("crm.created", { name: made.name }), "good");
      onDone();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: keys.interactions(id, "crm") }); // a refused one lists who is there already
    }
  }
  const faults = fieldErrors(t, error);
  const box = useFirstFault<HTMLFormElement>(error);
  const whole = error !== undefined && Object.keys(faults).length === 0;
  return (
    <form
      ref={box}
      className={contextCss.form}
      onSubmit={(e) => void save(e)}
      aria-label={t("crm.create")}
      noValidate
    >
      {fields.map((name) => (
        <TextInput
          key={name}
          label={t(`crm.contact.${name}`)}
          value={form[name]}
          required={name === "last_name"}
          error={faults[name]}
          onChange={(e) => setForm({ ...form, [name]: e.currentTarget.value })}
        />
      ))}
      {whole && <p role="alert">{problemText(t, error)}</p>}
      <div className={contextCss.acts}>
        <Button type="submit" look="main" size="xs" busy={busy}>
          {t("crm.createDo")}
        </Button>
        <Button size="xs" look="quiet" onClick={onDone}>
          {t("action.cancel")}
        </Button>
      </div>
    </form>
  );
}
