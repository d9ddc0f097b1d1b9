import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { EmptyState } from "../ui/EmptyState";
import { Page } from "../ui/Page";
import { Failed, isRefused } from "./Failed";
import styles from "./Loaded.module.css";

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
  const page = gone ? (
    <EmptyState icon="folder" title={t("editor.gone")} text={t("editor.goneText")} />
  ) : (
    <Failed error={query.error} onRetry={query.refetch} />
  );
  const title = gone ? "gone" : isRefused(query.error) ? "refused" : "failed";
  return back ? (
    <Page title={t(`editor.${title}`)} back={back}>
      {page}
    </Page>
  ) : (
    page
  );
}
