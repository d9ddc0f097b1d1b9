import { Checkbox, Modal, TextInput } from "@mantine/core";
import type { Page as Listed } from "@parley/protocol";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../api/client";
import { keys } from "../api/query";
import { dateTime } from "../i18n/format";
import { Confirm } from "../parts/Confirm";
import { useFault } from "../parts/editor/useFault";
import { Loaded } from "../parts/Loaded";
import { problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { type Column, DataTable } from "../ui/DataTable";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Tag } from "../ui/Tag";
import { toast } from "../ui/toast";
import styles from "./Admin.module.css";
import { type ApiKey, scopes } from "./types";

const where = "/api/admin/api-keys";

/** KeysPage lists the keys programs use; a new one is shown once and never again. */
export function KeysPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const query = useQuery({ queryKey: keys.admin("api-keys"), queryFn: () => api.get<Listed<ApiKey>>(where) });
  const again = () => client.invalidateQueries({ queryKey: keys.admin("api-keys") });
  const columns: Column<ApiKey>[] = [
    {
      key: "name",
      head: t("admin.key.name"),
      cell: (k) => (
        <>
          {k.name} {k.revoked_at > 0 && <Tag>{t("admin.key.revoked")}</Tag>}
        </>
      ),
    },
    {
      key: "scopes",
      head: t("admin.key.scopes"),
      cell: (k) => k.scopes.map((s) => t(`admin.permission.${s}`)).join(", "),
    },
    { key: "made", head: t("admin.key.made"), extra: true, cell: (k) => dateTime(k.created_at) },
    { key: "used", head: t("admin.key.used"), cell: (k) => dateTime(k.used_at) || t("admin.key.never") },
    {
      key: "revoke",
      head: t("admin.key.revoke"),
      end: true,
      actions: true,
      cell: (k) =>
        k.revoked_at === 0 && (
          <Button
            size="xs"
            look="quiet"
            onClick={() => setRevoking(k)}
            aria-label={t("admin.key.revokeOf", { name: k.name })}
          >
            {t("admin.key.revoke")}
          </Button>
        ),
    },
  ];
  const make = (
    <Button look="main" icon={<Icon name="plus" size={16} />} onClick={() => setMaking(true)}>
      {t("admin.key.new")}
    </Button>
  );
  return (
    <Page title={t("admin.section.api-keys")} about={t("admin.key.about")} actions={make}>
      <Loaded query={query}>
        {(page) => (
          <DataTable
            label={t("admin.section.api-keys")}
            columns={columns}
            rows={page.items}
            empty={
              <EmptyState icon="link" title={t("admin.key.none")} text={t("admin.key.about")}>
                {make}
              </EmptyState>
            }
          />
        )}
      </Loaded>
      <NewKey open={making} onClose={() => setMaking(false)} onMade={again} />
      <Confirm
        open={revoking !== null}
        title={t("admin.key.revokeTitle", { name: revoking?.name ?? "" })}
        verb={t("admin.key.revoke")}
        danger
        onClose={() => setRevoking(null)}
        onConfirm={async () => {
          try {
            await api.delete(`${where}/${revoking?.id}`);
            await again();
            return true;
          } catch (error) {
            toast(problemText(t, error), "bad");
            return false;
          }
        }}
      >
        <p>{t("admin.key.revokeText")}</p>
      </Confirm>
    </Page>
  );
}

interface NewKeyProps {
  open: boolean;
  onClose: () => void;
  onMade: () => void;
}

function NewKey({ open, onClose, onMade }: NewKeyProps) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const [made, setMade] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const fault = useFault(error);
  const close = () => {
    setName("");
    setChosen([]);
    setMade("");
    setError(null);
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const answer = await api.post<{ key: string }>(where, { name, scopes: chosen });
      setMade(answer.key);
      onMade();
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setError(cause);
    }
  };
  return (
    <Modal
      opened={open}
      onClose={close}
      title={t("admin.key.new")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {made ? (
        <div className={styles.stack}>
          <p>{t("admin.key.once")}</p>
          <code className={styles.code}>{made}</code>
          <div className={styles.end}>
            <Button
              onClick={() =>
                navigator.clipboard.writeText(made).then(() => toast(t("action.copied"), "good"))
              }
            >
              {t("action.copy")}
            </Button>
            <Button look="main" onClick={close}>
              {t("admin.key.stored")}
            </Button>
          </div>
        </div>
      ) : (
        <form className={styles.stack} onSubmit={submit} noValidate>
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
            <Button onClick={close}>{t("action.cancel")}</Button>
            <Button type="submit" look="main">
              {t("admin.key.make")}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
