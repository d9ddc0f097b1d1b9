import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import styles from "./Loaded.module.css";
import { problemText } from "./problem";

interface LoadedProps<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  /** Where one goes if the thing is gone. */
  back?: { href: string; label: string };
  children: (data: T) => ReactNode;
}

/** Loaded shows what was fetched: its outline while it comes, and why it did not come. */
export function Loaded<T>({ query, back, children }: LoadedProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (!query.error)
    return (
      <div className={styles.wait} role="status" aria-busy="true" aria-label={t("session.loading")}>
        <Skeleton height={28} width="40%" />
        <Skeleton height={160} />
        <Skeleton height={90} />
      </div>
    );
  // An address that cannot be one, 422, leads to nothing either: to try it again would not help.
  const gone = query.error instanceof ApiError && [404, 422].includes(query.error.status);
  const page = (
    <EmptyState
      icon={gone ? "folder" : "triangle"}
      title={gone ? t("editor.gone") : t("editor.failed")}
      text={gone ? t("editor.goneText") : problemText(t, query.error)}
    >
      {!gone && <Button onClick={() => query.refetch()}>{t("action.retry")}</Button>}
    </EmptyState>
  );
  return back ? (
    <Page title={gone ? t("editor.gone") : t("editor.failed")} back={back}>
      {page}
    </Page>
  ) : (
    page
  );
}
