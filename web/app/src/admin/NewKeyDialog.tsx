import { Checkbox, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { useFault } from "../parts/editor/useFault";
import { useFirstFault } from "../parts/editor/useFirstFault";
import { useRun } from "../parts/editor/useRun";
import { problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { toast } from "../ui/toast";
import styles from "./Admin.module.css";
import { scopes } from "./types";

interface NewKeyDialogProps {
  open: boolean;
  onClose: () => void;
  onMade: () => void;
}

/** NewKeyDialog makes an API key and shows it, once. */
export function NewKeyDialog({ open, onClose, onMade }: NewKeyDialogProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState("");
  const close = () => {
    setMade("");
    onClose();
  };
  return (
    <Modal
      opened={open}
      onClose={close}
      title={t("admin.key.new")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {made ? (
        <Made secret={made} onClose={close} />
      ) : (
        <Ask
          onCancel={close}
          onMade={(secret) => {
            setMade(secret);
            onMade();
          }}
        />
      )}
    </Modal>
  );
}

function Made({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  const copy = () => navigator.clipboard.writeText(secret).then(() => toast(t("action.copied"), "good"));
  return (
    <div className={styles.stack}>
      <p>{t("admin.key.once")}</p>
      <code className={styles.code}>{secret}</code>
      <div className={styles.end}>
        <Button onClick={copy}>{t("action.copy")}</Button>
        <Button look="main" onClick={onClose}>
          {t("admin.key.stored")}
        </Button>
      </div>
    </div>
  );
}

function Ask({ onCancel, onMade }: { onCancel: () => void; onMade: (secret: string) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const { run, busy, error } = useRun();
  const fault = useFault(error);
  const form = useFirstFault<HTMLFormElement>(error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      onMade((await api.post<{ key: string }>("/api/admin/api-keys", { name, scopes: chosen })).key);
    });
  };
  return (
    <form ref={form} className={styles.stack} onSubmit={submit} noValidate>
      <TextInput
        label={t("admin.key.name")}
        description={t("admin.key.nameHint")}
        value={name}
        error={fault("name") ?? (error && error.fields.length === 0 ? problemText(t, error) : undefined)}
        onChange={(e) => setName(e.currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group
        label={t("admin.key.scopes")}
        value={chosen}
        onChange={setChosen}
        error={fault("scopes")}
      >
        <div className={styles.checks}>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              value={scope}
              label={t(`admin.permission.${scope}`)}
              description={t(`admin.permissionAbout.${scope}`)}
            />
          ))}
        </div>
      </Checkbox.Group>
      <div className={styles.end}>
        <Button onClick={onCancel}>{t("action.cancel")}</Button>
        <Button type="submit" look="main" busy={busy}>
          {t("admin.key.make")}
        </Button>
      </div>
    </form>
  );
}
