import { Checkbox, PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { ApiError, api } from "../../api/client";
import { keys } from "../../api/query";
import { useFault } from "../../parts/editor/useFault";
import { useFirstFault } from "../../parts/editor/useFirstFault";
import { problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import type { CrmConnection, CrmField, CrmInput, CrmKind } from "./types";
import { hinted, labelOf, named, wrongText } from "./useCrms";

interface CrmEditorProps {
  kinds: CrmKind[];
  saved: CrmConnection | null;
  onSaved: () => void;
}

function blank(kind: CrmKind | undefined): CrmInput {
  const settings = Object.fromEntries(
    (kind?.fields ?? []).filter((f) => !f.secret).map((f) => [f.name, f.default]),
  );
  return {
    kind: kind?.kind ?? "",
    name: kind?.name ?? "",
    settings,
    secrets: {},
    objects: kind?.objects ?? [],
    rev: 0,
  };
}

/** CrmEditor is the form of a CRM, made from what it asks for. Source: DYN-09. */
export function CrmEditor({ kinds, saved, onSaved }: CrmEditorProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, go] = useLocation();
  const [draft, setDraft] = useState<CrmInput>(() => (saved ? { ...saved, secrets: {} } : blank(kinds[0])));
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const fault = useFault(error);
  const form = useFirstFault<HTMLFormElement>(error);
  const kind = kinds.find((k) => k.kind === draft.kind);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const { kind, name, settings, secrets, objects, rev } = draft;
    const body = { kind, name, settings, secrets, objects, rev };
    try {
      if (saved) await api.put(`/api/admin/crm-connections/${saved.id}`, body);
      const made = saved ?? (await api.post<{ id: string }>("/api/admin/crm-connections", body));
      toast(t("crms.admin.saved"), "good");
      onSaved();
      await client.invalidateQueries({ queryKey: keys.admin("crm-connections") });
      go(`/admin/crm-connections/${made.id}`, { replace: true });
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Card>
      <form ref={form} className={styles.stack} onSubmit={(e) => void submit(e)} noValidate>
        {!saved && (
          <Select
            label={t("crms.admin.kind")}
            data={kinds.map((k) => ({ value: k.kind, label: k.name }))}
            value={draft.kind}
            allowDeselect={false}
            error={fault("kind")}
            onChange={(v) => {
              setDraft(blank(kinds.find((k) => k.kind === v)));
              setError(null);
            }}
          />
        )}
        <TextInput
          label={t("crms.admin.name")}
          value={draft.name}
          required
          error={fault("name")}
          onChange={(e) => setDraft({ ...draft, name: e.currentTarget.value })}
        />
        {kind?.fields.map((f) => (
          <Line
            key={f.name}
            kind={kind.kind}
            field={f}
            isSet={saved?.has_secrets.includes(f.name) ?? false}
            value={(f.secret ? draft.secrets : draft.settings)[f.name] ?? ""}
            error={wrongText(t, f, error) ?? fault(`${f.secret ? "secrets" : "settings"}.${f.name}`)}
            onChange={(value) => {
              const part = f.secret ? "secrets" : "settings";
              setDraft({ ...draft, [part]: { ...draft[part], [f.name]: value } });
            }}
          />
        ))}
        <Checkbox.Group
          label={t("crms.admin.objects")}
          description={t("crms.admin.objectsHint")}
          value={draft.objects}
          error={fault("objects") && t("crms.admin.oneObject")}
          onChange={(objects) =>
            setDraft({ ...draft, objects: (kind?.objects ?? []).filter((o) => objects.includes(o)) })
          }
        >
          <div className={styles.checks}>
            {kind?.objects.map((o) => (
              <Checkbox key={o} value={o} label={named(t, "object", o)} />
            ))}
          </div>
        </Checkbox.Group>
        {error && error.fields.length === 0 && <p role="alert">{problemText(t, error)}</p>}
        <div className={styles.end}>
          {kind?.docs && (
            <a href={kind.docs} target="_blank" rel="noopener noreferrer">
              {t("crms.admin.docs")}
            </a>
          )}
          <Button type="submit" look="main" busy={busy}>
            {t("action.save")}
          </Button>
        </div>
      </form>
    </Card>
  );
}

interface LineProps {
  kind: string;
  field: CrmField;
  isSet: boolean;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function Line({ kind, field: f, isSet, value, error, onChange }: LineProps) {
  const { t } = useTranslation();
  const label = labelOf(t, kind, f.name);
  const required = f.required && !(f.secret && isSet);
  const placeholder = isSet ? t("crms.admin.secretSet") : f.example;
  if (f.options.length > 0) {
    return (
      <Select
        label={label}
        data={f.options.map((o) => ({ value: o, label: named(t, "option", o) }))}
        value={value || f.default}
        error={error}
        required={required}
        allowDeselect={!required}
        onChange={(v) => onChange(v ?? "")}
      />
    );
  }
  const description = hinted(t, f.name);
  const input = { label, description, value, error, required, placeholder, spellCheck: false };
  if (f.lines) return <Textarea {...input} rows={4} onChange={(e) => onChange(e.currentTarget.value)} />;
  if (f.secret) {
    return (
      <PasswordInput
        {...input}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("crms.admin.show", { name: label }) }}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
    );
  }
  return <TextInput {...input} onChange={(e) => onChange(e.currentTarget.value)} />;
}
