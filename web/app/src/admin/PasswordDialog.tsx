import { Modal, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../api/client";
import { useFault } from "../parts/editor/useFault";
import { useFirstFault } from "../parts/editor/useFirstFault";
import { problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { toast } from "../ui/toast";
import styles from "./Admin.module.css";

interface PasswordDialogProps {
  agent: { id: string; display_name: string } | null;
  onClose: () => void;
}

/** PasswordDialog gives somebody a new password; their sessions end. */
export function PasswordDialog({ agent, onClose }: PasswordDialogProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const fault = useFault(error);
  const form = useFirstFault<HTMLFormElement>(error);
  const close = () => {
    setPassword("");
    setError(null);
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await api.put(`/api/admin/agents/${agent?.id}/password`, { password });
      toast(t("admin.agent.passwordSet", { name: agent?.display_name ?? "" }), "good");
      close();
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened={agent !== null}
      onClose={close}
      title={t("admin.agent.passwordTitle", { name: agent?.display_name ?? "" })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form ref={form} className={styles.stack} onSubmit={submit} noValidate>
        <p>{t("admin.agent.passwordText")}</p>
        <PasswordInput
          label={t("admin.agent.password")}
          description={t("admin.agent.passwordHint")}
          autoComplete="new-password"
          value={password}
          error={fault("password") ?? (error && problemText(t, error))}
          onChange={(e) => setPassword(e.currentTarget.value)}
          data-autofocus
        />
        <div className={styles.end}>
          <Button onClick={close}>{t("action.cancel")}</Button>
          <Button
            type="submit"
            look="main"
            busy={busy}
            why={password === "" ? t("why.fillIn", { field: t("admin.agent.password") }) : ""}
          >
            {t("admin.agent.setPassword")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
