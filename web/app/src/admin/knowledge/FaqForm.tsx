import { SegmentedControl, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import type { Editor } from "../../parts/editor/useEditor";
import { Loaded } from "../../parts/Loaded";
import { problemText } from "../../parts/problem";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { toast } from "../../ui/toast";
import styles from "../Admin.module.css";
import type { FormProps } from "../FormProps";
import { ObjectEditor } from "../ObjectEditor";
import type { Faq, FaqText, Language } from "../types";
import { useNames, useOne } from "../useConfig";
import { FaqVersions } from "./FaqVersions";
import own from "./Knowledge.module.css";
import { RichEditor } from "./RichEditor";
import { questionOf, shownFirst, textAt, textIn, withText } from "./texts";

const languages: Language[] = ["en", "fr-CA"];

/** FaqForm edits an answer in its languages, publishes it and shows what it was. Source: FAQ-01, FAQ-04. */
export function FaqForm({ id }: FormProps) {
  const { t, i18n } = useTranslation();
  const query = useOne("faqs", id);
  const categories = useNames("faq-categories");
  const [chosen, setChosen] = useState<Language | null>(null);
  const mine = i18n.language.startsWith("fr") ? "fr-CA" : "en";
  return (
    <Loaded query={query} back={{ href: "/admin/faqs", label: t("admin.section.faqs") }}>
      {(saved) => (
        <ObjectEditor
          noun="faqs"
          saved={saved}
          area="faq"
          title={questionOf(saved, i18n.language) || t("admin.faq.new")}
          list={t("admin.section.faqs")}
          effect={t("admin.faq.effect")}
          show={(field, value) =>
            field === "category_id"
              ? new Map(categories).get(String(value))
              : field === "texts"
                ? (value as FaqText[]).map((x) => `${x.question}: ${x.rich}`).join(" / ")
                : undefined
          }
          label={(field, draft) => {
            const at = textAt(field);
            const language = at && draft.texts[at.index]?.language;
            return at && language
              ? `${t(`admin.faq.${at.part}`)} · ${t(`admin.language.${language}`)}`
              : undefined;
          }}
          remove={{ text: t("admin.faq.removeText"), verb: t("admin.faq.remove") }}
        >
          {(form, editor) => {
            const language = chosen ?? shownFirst(saved.texts, mine);
            const at = editor.draft.texts.findIndex((x) => x.language === language);
            const text = textIn(editor.draft.texts, language);
            const fault = (field: string) => form.fault(`texts[${at}].${field}`);
            const faulty = (value: Language) =>
              (editor.error?.fields ?? []).some(
                ({ field }) => editor.draft.texts[textAt(field)?.index ?? -1]?.language === value,
              );
            const set = (change: Partial<FaqText>) =>
              editor.set({ texts: withText(editor.draft.texts, { ...text, ...change }) });
            return (
              <>
                <Card>
                  <Publication saved={saved} editor={editor} />
                  <div className={styles.fields}>
                    <Select {...form.choice("category_id", categories)} />
                    <Switch {...form.flag("active")} />
                    <SegmentedControl
                      className={own.wide}
                      aria-label={t("admin.faq.language")}
                      value={language}
                      onChange={(value) => setChosen(value as Language)}
                      data={languages.map((value) => ({
                        value,
                        label:
                          `${t(`admin.language.${value}`)} ${faulty(value) ? t("admin.faulty") : ""}`.trim(),
                      }))}
                    />
                    <TextInput
                      className={styles.whole}
                      label={t("admin.faq.question")}
                      lang={language}
                      required
                      value={text.question}
                      error={fault("question")}
                      onChange={(e) => set({ question: e.currentTarget.value })}
                    />
                    <RichEditor
                      key={language}
                      value={text.rich}
                      language={language}
                      error={fault("rich")}
                      onChange={(rich) => set({ rich })}
                    />
                    <Textarea
                      className={styles.whole}
                      label={t("admin.faq.plain")}
                      description={t("admin.faq.plainHint")}
                      lang={language}
                      autosize
                      minRows={2}
                      maxRows={12}
                      value={text.plain}
                      error={fault("plain")}
                      onChange={(e) => set({ plain: e.currentTarget.value })}
                    />
                  </div>
                </Card>
                {saved.id && (
                  <FaqVersions
                    id={saved.id}
                    published={saved.published}
                    draft={editor.draft.texts}
                    onRestore={(texts) => editor.set({ texts })}
                  />
                )}
              </>
            );
          }}
        </ObjectEditor>
      )}
    </Loaded>
  );
}

/** Publication says whether the draft is in force, and puts it there. */
function Publication({ saved, editor }: { saved: Faq; editor: Editor<Faq> }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  if (!saved.id) return null;
  async function act(what: () => Promise<void>, done: string) {
    setBusy(true);
    try {
      await what();
      toast(done, "good");
      await client.invalidateQueries({ queryKey: keys.admin() });
    } catch (cause) {
      toast(problemText(t, cause), "bad");
    } finally {
      setBusy(false);
    }
  }
  const address = `/api/admin/faqs/${saved.id}/publication`;
  const fresh = saved.published === 0 || saved.changed;
  const state = editor.dirty
    ? t("admin.faq.saveFirst")
    : saved.published === 0
      ? t("admin.faq.isDraft")
      : saved.changed
        ? t("admin.faq.isChanged", { n: saved.published })
        : t("admin.faq.inForce", { n: saved.published });
  return (
    <div className={styles.row}>
      <Button
        look="main"
        busy={busy}
        why={fresh && !editor.dirty ? "" : state}
        onClick={() => void act(() => api.put(address, { rev: saved.rev }), t("admin.faq.published"))}
      >
        {t("admin.faq.publish")}
      </Button>
      {saved.published > 0 && (
        <Button
          busy={busy}
          why={editor.dirty ? state : ""}
          onClick={() => void act(() => api.delete(address), t("admin.faq.withdrawn"))}
        >
          {t("admin.faq.withdraw")}
        </Button>
      )}
      <span className={styles.quiet} role="status">
        {state}
      </span>
    </div>
  );
}
