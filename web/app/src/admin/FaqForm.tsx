import { Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Loaded } from "../parts/Loaded";
import { Card } from "../ui/Card";
import styles from "./Admin.module.css";
import type { FormProps } from "./FormProps";
import { ObjectEditor } from "./ObjectEditor";
import { useNames, useOne } from "./useConfig";

/** FaqForm edits a question and the answer agents insert. Source: FAQ-01. */
export function FaqForm({ id }: FormProps) {
  const { t } = useTranslation();
  const query = useOne("faqs", id);
  const categories = useNames("faq-categories");
  return (
    <Loaded query={query} back={{ href: "/admin/faqs", label: t("admin.section.faqs") }}>
      {(saved) => (
        <ObjectEditor
          noun="faqs"
          saved={saved}
          area="faq"
          title={saved.question || t("admin.faq.new")}
          list={t("admin.section.faqs")}
          effect={t("admin.faq.effect")}
          show={(field, value) =>
            field === "category_id" ? new Map(categories).get(String(value)) : undefined
          }
          remove={{ text: t("admin.faq.removeText"), verb: t("admin.faq.remove") }}
        >
          {(form) => (
            <Card>
              <div className={styles.fields}>
                <Select {...form.choice("category_id", categories)} />
                <Select
                  {...form.choice("language", [
                    ["en", t("admin.language.en")],
                    ["fr-CA", t("admin.language.fr-CA")],
                  ])}
                  allowDeselect={false}
                />
                <TextInput className={styles.whole} {...form.text("question")} required />
                <Textarea
                  className={styles.whole}
                  {...form.text("answer")}
                  required
                  autosize
                  minRows={5}
                  maxRows={20}
                />
                <Switch {...form.flag("active")} />
              </div>
            </Card>
          )}
        </ObjectEditor>
      )}
    </Loaded>
  );
}
