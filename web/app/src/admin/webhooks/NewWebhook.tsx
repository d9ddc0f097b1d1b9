import { Checkbox, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { useFault } from "../../parts/editor/useFault";
import { useFirstFault } from "../../parts/editor/useFirstFault";
import { useRun } from "../../parts/editor/useRun";
import { problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Page } from "../../ui/Page";
import styles from "../Admin.module.css";
import { CopyField } from "../channels/CopyField";
import { eventTypes } from "./types";

interface Made {
  id: string;
  secret: string;
}

/** NewWebhook makes a webhook and shows its secret, once. Source: API-02, A-071. */
export function NewWebhook() {
  const { t } = useTranslation();
  const [made, setMade] = useState<Made | null>(null);
  const back = { href: "/admin/webhooks", label: t("admin.section.webhooks") };
  return (
    <Page title={t("admin.webhook.new")} about={t("admin.webhook.about")} back={back} narrow>
      <Card>{made ? <Shown made={made} /> : <Ask onMade={setMade} />}</Card>
    </Page>
  );
}

function Shown({ made }: { made: Made }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <div className={styles.stack}>
      <CopyField label={t("admin.webhook.secret")} about={t("admin.webhook.once")} value={made.secret} />
      <div className={styles.end}>
        <Button look="main" onClick={() => go(`/admin/webhooks/${made.id}`, { replace: true })}>
          {t("admin.key.stored")}
        </Button>
      </div>
    </div>
  );
}

function Ask({ onMade }: { onMade: (made: Made) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [draft, setDraft] = useState({ name: "", url: "", events: ["message"], enabled: true });
  const { run, busy, error } = useRun();
  const fault = useFault(error);
  const form = useFirstFault<HTMLFormElement>(error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      onMade(await api.post<Made>("/api/admin/webhooks", draft));
      await client.invalidateQueries({ queryKey: keys.admin("webhooks") });
    });
  };
  return (
    <form ref={form} className={styles.stack} onSubmit={submit} noValidate>
      <TextInput
        label={t("admin.webhook.name")}
        value={draft.name}
        error={fault("name") ?? (error && error.fields.length === 0 ? problemText(t, error) : undefined)}
        onChange={(e) => setDraft({ ...draft, name: e.currentTarget.value })}
        required
        data-autofocus
      />
      <TextInput
        label={t("admin.webhook.url")}
        description={t("admin.webhook.urlHint")}
        type="url"
        value={draft.url}
        error={fault("url")}
        onChange={(e) => setDraft({ ...draft, url: e.currentTarget.value })}
        required
      />
      <Checkbox.Group
        label={t("admin.webhook.events")}
        value={draft.events}
        onChange={(events) => setDraft({ ...draft, events })}
        error={fault("events")}
      >
        <div className={styles.checks}>
          {eventTypes.map((type) => (
            <Checkbox key={type} value={type} label={t(`admin.webhook.type.${type}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={styles.end}>
        <Button type="submit" look="main" busy={busy}>
          {t("admin.webhook.make")}
        </Button>
      </div>
    </form>
  );
}
