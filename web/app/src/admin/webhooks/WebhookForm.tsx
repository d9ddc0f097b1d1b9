import { Checkbox, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { Loaded } from "../../parts/Loaded";
import { problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import type { FormProps } from "../FormProps";
import { ObjectEditor } from "../ObjectEditor";
import { useOne } from "../useConfig";
import { Events } from "./Events";
import { NewWebhook } from "./NewWebhook";
import { Secret } from "./Secret";
import { eventTypes, type Webhook } from "./types";
import { StateTag } from "./WebhookList";

/** WebhookForm edits a webhook and shows what it was told. Source: API-02. */
export function WebhookForm({ id }: FormProps) {
  return id === "new" ? <NewWebhook /> : <Saved id={id} />;
}

function Saved({ id }: { id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useOne("webhooks", id);
  const [secret, setSecret] = useState("");
  const again = () => void client.invalidateQueries({ queryKey: keys.admin("webhooks") });
  return (
    <Loaded query={query} back={{ href: "/admin/webhooks", label: t("admin.section.webhooks") }}>
      {(saved) => (
        <ObjectEditor
          key={saved.rev}
          noun="webhooks"
          saved={saved}
          area="webhook"
          title={saved.name}
          mark={<StateTag webhook={saved} />}
          list={t("admin.section.webhooks")}
          actions={<Verify webhook={saved} again={again} />}
          remove={{ text: t("admin.webhook.removeText"), verb: t("admin.webhook.remove") }}
        >
          {(form) => (
            <>
              <Card>
                <div className={styles.fields}>
                  <TextInput {...form.text("name")} required />
                  <TextInput {...form.text("url")} type="url" required />
                  <Checkbox {...form.flag("enabled")} />
                </div>
                <Checkbox.Group
                  label={form.label("events")}
                  value={form.many("events", []).value}
                  onChange={form.many("events", []).onChange}
                  error={form.fault("events")}
                >
                  <div className={styles.checks}>
                    {eventTypes.map((type) => (
                      <Checkbox key={type} value={type} label={t(`admin.webhook.type.${type}`)} />
                    ))}
                  </div>
                </Checkbox.Group>
              </Card>
              <Secret webhook={saved} secret={secret} onRenewed={setSecret} again={again} />
              <Events id={id} />
            </>
          )}
        </ObjectEditor>
      )}
    </Loaded>
  );
}

/** Verify asks the address whether anybody is there. */
function Verify({ webhook, again }: { webhook: Webhook; again: () => void }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    try {
      const at = `/api/admin/webhooks/${webhook.id}/verification`;
      const said = await api.post<{ ok: boolean; status: number }>(at, {});
      if (said.ok) toast(t("admin.webhook.answers"), "good");
      else if (said.status > 0) toast(t("admin.webhook.refuses", { status: said.status }), "bad");
      else toast(t("admin.webhook.silent"), "bad");
      again();
    } catch (error) {
      toast(problemText(t, error), "bad");
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button onClick={ask} busy={busy}>
      {t("admin.webhook.verify")}
    </Button>
  );
}
