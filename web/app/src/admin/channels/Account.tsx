import { Autocomplete, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Editor } from "../../parts/editor/useEditor";
import { Card } from "../../ui/Card";
import styles from "../Admin.module.css";
import type { EntryPoint } from "../types";
import type { useBind } from "../useBind";
import own from "./Channels.module.css";
import { countriesNamed } from "./countries";
import { keepDrawn } from "./drawn";
import { Rehearse } from "./Rehearse";
import { SecretField } from "./SecretField";
import type { Field, Provider } from "./types";
import { useWords } from "./words";

interface AccountProps {
  form: ReturnType<typeof useBind<EntryPoint>>;
  editor: Editor<EntryPoint>;
  provider: Provider;
}

/** asked reports whether a line is asked for, given what is chosen. */
function asked({ when }: Field, fields: Field[], settings: Record<string, string>): boolean {
  const [name = "", value] = when.split("=");
  return when === "" || (settings[name] ?? fields.find((f) => f.name === name)?.default) === value;
}

/** Account is the form of an entry point's account, as its network's Spec has it: no network has a form of its own here. */
export function Account({ form, editor, provider }: AccountProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { draft } = editor;
  const settings = draft.settings;
  const set = (name: string, value: string) => {
    const { [name]: _, ...rest } = settings;
    editor.set({ settings: value === "" ? rest : { ...rest, [name]: value } });
  };
  /** What is wrong with a line; of a wrong form, how the right one looks. */
  const fault = (path: string, name: string) => {
    const found = editor.error?.fields.find(({ field }) => field === path);
    return (found?.code === "wrong_form" && words.form(provider, name)) || form.fault(path);
  };
  const line = (field: Field) => {
    const common = {
      label: words.field(field.name),
      error: fault(`${field.secret ? "secrets" : "settings"}.${field.name}`, field.name),
      required: field.required,
    };
    if (field.secret)
      return (
        <SecretField
          key={field.name}
          {...common}
          field={field}
          isSet={draft.secrets_set.includes(field.name)}
          value={draft.secrets[field.name] ?? ""}
          onChange={(value) => {
            editor.set({ secrets: { ...draft.secrets, [field.name]: value } });
            if (field.ours) keepDrawn(provider.provider, draft.id, field.name, value);
          }}
        />
      );
    if (field.options.length > 0)
      return (
        <Select
          key={field.name}
          {...common}
          data={field.options.map((value) => ({ value, label: words.option(field.name, value) }))}
          value={settings[field.name] ?? field.default}
          allowDeselect={false}
          onChange={(value) => set(field.name, value ?? "")}
        />
      );
    return (
      <TextInput
        key={field.name}
        {...common}
        value={settings[field.name] ?? ""}
        placeholder={field.default}
        onChange={(e) => set(field.name, e.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
      />
    );
  };
  const lines = provider.fields.filter((field) => asked(field, provider.fields, settings));
  return (
    <Card
      title={t("admin.network.account")}
      about={t("admin.network.accountAbout")}
      actions={
        <a href={provider.docs} target="_blank" rel="noreferrer">
          {t("admin.network.docs")}
        </a>
      }
    >
      <Rehearse editor={editor} provider={provider} asked={lines} />
      <div className={styles.fields}>
        {provider.countries.length > 0 && (
          <Select
            label={t("admin.sms.country")}
            description={t("admin.network.countryHint")}
            data={countriesNamed([...provider.countries, draft.country])}
            value={draft.country || null}
            error={form.fault("country")}
            allowDeselect={false}
            searchable
            onChange={(country) => editor.set({ country: country ?? "" })}
          />
        )}
        <TextInput
          label={words.field(provider.address.name)}
          description={provider.countries.length > 0 && t("admin.network.numberHint")}
          error={fault("address", provider.address.name)}
          required={provider.address.required}
          value={draft.address}
          onChange={(e) => editor.set({ address: e.currentTarget.value })}
          spellCheck={false}
          autoComplete="off"
        />
        {lines.map(line)}
      </div>
      {(provider.base_url || provider.api_version) && (
        <details className={own.more} open={Boolean(form.fault("settings.base_url"))}>
          <summary>{t("admin.network.advanced")}</summary>
          <div className={styles.fields}>
            {provider.base_url && (
              <Autocomplete
                label={t("admin.network.base_url")}
                description={t("admin.network.base_urlHint")}
                error={form.fault("settings.base_url")}
                placeholder={provider.base_url}
                data={provider.base_urls}
                value={settings.base_url ?? ""}
                onChange={(value) => set("base_url", value)}
                spellCheck={false}
              />
            )}
            {provider.api_version && (
              <TextInput
                label={t("admin.network.api_version")}
                description={t("admin.network.api_versionHint")}
                error={fault("settings.api_version", "api_version")}
                placeholder={provider.api_version}
                value={settings.api_version ?? ""}
                onChange={(e) => set("api_version", e.currentTarget.value)}
                spellCheck={false}
              />
            )}
          </div>
        </details>
      )}
    </Card>
  );
}
