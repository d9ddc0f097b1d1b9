import { ColorInput, Select, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/query";
import { EditorForm } from "../../parts/editor/EditorForm";
import { useEditor } from "../../parts/editor/useEditor";
import { Loaded } from "../../parts/Loaded";
import { Card } from "../../ui/Card";
import { Page } from "../../ui/Page";
import styles from "../Admin.module.css";
import { WordsFields } from "../scripts/WordsFields";
import type { SupportPage } from "../types";
import { useBind } from "../useBind";
import { useAll } from "../useConfig";
import own from "./Knowledge.module.css";

const name = "support-page";

async function read(): Promise<SupportPage> {
  return { ...(await api.get<Omit<SupportPage, "id">>(`/api/admin/${name}`)), id: name };
}

/** SupportForm chooses what the public page shows. Source: SUP-01, SUP-03. */
export function SupportForm() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: keys.admin(name), queryFn: read });
  return (
    <Page
      title={t("admin.section.support-page")}
      about={t("admin.support.about")}
      narrow
      actions={
        <a href="/support" target="_blank" rel="noopener">
          {t("admin.support.preview")}
        </a>
      }
    >
      <Loaded query={query}>{(saved) => <Form saved={saved} />}</Loaded>
    </Page>
  );
}

function Form({ saved }: { saved: SupportPage }) {
  const { t } = useTranslation();
  const editor = useEditor<SupportPage>({
    path: "/api/admin",
    saved,
    root: keys.admin(),
    read,
    onMade: () => undefined,
  });
  const form = useBind(editor, "support");
  const { draft } = editor;
  const points = (useAll("entry-points").data ?? [])
    .filter((e) => e.channel === "support_center")
    .map((e) => [e.id, e.name] as const);
  return (
    <EditorForm editor={editor} label={form.label} effect={t("admin.support.effect")}>
      <Card title={t("admin.support.means")} about={t("admin.support.meansAbout")}>
        <div className={own.means}>
          <Switch {...form.flag("enabled")} />
          <Switch {...form.flag("faqs")} />
          <Switch {...form.flag("chat")} />
          <Switch {...form.flag("email")} />
          {(draft.chat || draft.email) && <Select {...form.choice("entry_point_id", points)} />}
          <Switch {...form.flag("sharing")} />
          {draft.sharing && <TextInput {...form.text("sharing_url")} type="url" required />}
        </div>
      </Card>
      <Card title={t("admin.support.look")}>
        <WordsFields
          label={t("admin.support.title")}
          value={draft.title}
          error={form.fault("title.en") ?? form.fault("title.fr")}
          onChange={(title) => editor.set({ title })}
        />
        <WordsFields
          label={t("admin.support.intro")}
          value={draft.intro}
          error={form.fault("intro.en") ?? form.fault("intro.fr")}
          onChange={(intro) => editor.set({ intro })}
        />
        <div className={styles.fields}>
          <ColorInput
            label={form.label("accent")}
            error={form.fault("accent")}
            value={draft.accent}
            withEyeDropper={false}
            onChange={(accent) => editor.set({ accent })}
          />
        </div>
      </Card>
    </EditorForm>
  );
}
