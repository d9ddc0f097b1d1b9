import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import styles from "./Admin.module.css";
import type { FormProps } from "./FormProps";
import { ObjectEditor } from "./ObjectEditor";
import { applies } from "./types";
import { useOne } from "./useConfig";

/** StatusCodeForm edits one reason. Source: PRE-13. */
export function StatusCodeForm({ id }: FormProps) {
  const { t } = useTranslation();
  const query = useOne("status-codes", id);
  return (
    <Loaded query={query} back={{ href: "/admin/status-codes", label: t("admin.section.status-codes") }}>
      {(saved) => (
        <ObjectEditor
          noun="status-codes"
          saved={saved}
          area="code"
          title={saved.name || t("admin.code.new")}
          list={t("admin.section.status-codes")}
          remove={{ text: t("admin.code.removeText"), verb: t("admin.code.remove") }}
        >
          {(form) => (
            <Card>
              <div className={styles.fields}>
                <Select
                  {...form.choice(
                    "applies",
                    applies.map((value) => [value, t(`admin.applies.${value}`)] as const),
                  )}
                  allowDeselect={false}
                />
                <TextInput {...form.text("short")} />
                <TextInput {...form.text("name")} required />
                <TextInput {...form.text("name_fr")} lang="fr-CA" />
                <NumberInput {...form.number("order")} min={0} />
                <Switch {...form.flag("active")} />
              </div>
            </Card>
          )}
        </ObjectEditor>
      )}
    </Loaded>
  );
}
