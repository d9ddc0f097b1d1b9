import { NumberInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import styles from "./Admin.module.css";
import type { FormProps } from "./FormProps";
import { ObjectEditor } from "./ObjectEditor";
import { useOne } from "./useConfig";

/** CategoryForm edits a category of FAQs. Source: FAQ-01. */
export function CategoryForm({ id }: FormProps) {
  const { t } = useTranslation();
  const query = useOne("faq-categories", id);
  return (
    <Loaded query={query} back={{ href: "/admin/faq-categories", label: t("admin.section.faq-categories") }}>
      {(saved) => (
        <ObjectEditor
          noun="faq-categories"
          saved={saved}
          area="category"
          title={saved.name || t("admin.category.new")}
          list={t("admin.section.faq-categories")}
          remove={{ text: t("admin.category.removeText"), verb: t("admin.category.remove") }}
        >
          {(form) => (
            <Card>
              <div className={styles.fields}>
                <TextInput {...form.text("name")} required />
                <TextInput {...form.text("name_fr")} lang="fr-CA" />
                <NumberInput {...form.number("order")} min={0} />
              </div>
            </Card>
          )}
        </ObjectEditor>
      )}
    </Loaded>
  );
}
