import { Select } from "@mantine/core";
import type { Case } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import type { Chosen } from "../parts/useChosen";
import { Button } from "../ui/Button";
import { ManyEdits } from "./ManyEdits";
import styles from "./ManyEdits.module.css";
import { usePeople } from "./work";

/** CaseEdits closes, reopens or assigns the ticked cases. Source: CRM-03. */
export function CaseEdits({ cases, chosen }: { cases: readonly Case[]; chosen: Chosen }) {
  const { t } = useTranslation();
  const people = usePeople(null);
  const nameOf = (id: string) => String(cases.find((c) => c.id === id)?.number ?? "");
  return (
    <ManyEdits words="cases.edits" of="cases" chosen={chosen} nameOf={nameOf}>
      {(edit, busy) => (
        <>
          <Button size="xs" busy={busy} onClick={() => void edit({ do: "close" })}>
            {t("cases.edits.close")}
          </Button>
          <Button size="xs" busy={busy} onClick={() => void edit({ do: "reopen" })}>
            {t("cases.edits.reopen")}
          </Button>
          <Select
            size="xs"
            className={styles.people}
            aria-label={t("cases.edits.assign")}
            placeholder={t("cases.edits.assign")}
            data={[{ value: "", label: t("cases.nobody") }, ...people]}
            value={null}
            searchable
            disabled={busy}
            onChange={(to) => to !== null && void edit({ do: "assign", assignee_id: to })}
          />
        </>
      )}
    </ManyEdits>
  );
}
