import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { Confirm } from "../../parts/Confirm";
import { problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import { CopyField } from "../channels/CopyField";
import type { Webhook } from "./types";

interface SecretProps {
  webhook: Webhook;
  /** One that was made a moment ago; it is kept above, as the form begins anew with each version. */
  secret: string;
  onRenewed: (secret: string) => void;
  again: () => void;
}

/** Secret shows a new secret once, and lets the one of before end. Source: A-071. */
export function Secret({ webhook, secret, onRenewed, again }: SecretProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const where = `/api/admin/webhooks/${webhook.id}`;
  const act = async (what: () => Promise<void>) => {
    try {
      await what();
      again();
      return true;
    } catch (error) {
      toast(problemText(t, error), "bad");
      return false;
    }
  };
  const renew = async () => onRenewed((await api.post<{ secret: string }>(`${where}/secret`, {})).secret);
  const dropOld = async () => {
    await api.delete(`${where}/old-secret`);
  };
  return (
    <Card title={t("admin.webhook.secret")} about={t("admin.webhook.secretAbout")}>
      <div className={styles.stack}>
        {secret && (
          <CopyField label={t("admin.webhook.newSecret")} about={t("admin.webhook.once")} value={secret} />
        )}
        <div className={styles.end}>
          {webhook.old_secret && <Button onClick={() => act(dropOld)}>{t("admin.webhook.dropOld")}</Button>}
          <Button onClick={() => setAsking(true)}>{t("admin.webhook.renew")}</Button>
        </div>
      </div>
      <Confirm
        open={asking}
        title={t("admin.webhook.renewTitle", { name: webhook.name })}
        verb={t("admin.webhook.renew")}
        onClose={() => setAsking(false)}
        onConfirm={() => act(renew)}
      >
        <p>{t("admin.webhook.renewText")}</p>
      </Confirm>
    </Card>
  );
}
