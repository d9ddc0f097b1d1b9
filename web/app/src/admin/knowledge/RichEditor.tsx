import { Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { RichBlock } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../../api/client";
import { keys } from "../../api/query";
import { problemText } from "../../parts/problem";
import { Rich } from "../../parts/Rich";
import { Button } from "../../ui/Button";
import { toast } from "../../ui/toast";
import styles from "./Knowledge.module.css";
import { type Mark, marked } from "./texts";

interface RichEditorProps {
  value: string;
  language: string;
  error: string | undefined;
  onChange: (rich: string) => void;
}

const marks: Mark[] = ["bold", "italic", "bullets", "numbers", "link"];

/** RichEditor writes an answer with its few marks, and shows beside it how it will read (FAQ-04). */
export function RichEditor({ value, language, error, onChange }: RichEditorProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const picture = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  function mark(how: Mark) {
    const e = field.current;
    if (!e) return;
    const next = marked(value, e.selectionStart, e.selectionEnd, how);
    onChange(next.text);
    requestAnimationFrame(() => {
      e.focus();
      e.setSelectionRange(next.from, next.to);
    });
  }
  async function add(file: File | undefined) {
    if (!file) return;
    setBusy(true);
    try {
      const at = field.current?.selectionStart ?? value.length;
      const words = file.name.replace(/\.[^.]*$/, "").replace(/[[\]\n]/g, " ");
      onChange(`${value.slice(0, at)}![${words}](${await upload(file)})${value.slice(at)}`);
    } catch (cause) {
      toast(problemText(t, cause), "bad");
    } finally {
      setBusy(false);
      field.current?.focus();
    }
  }
  return (
    <div className={styles.rich}>
      <div>
        <div className={styles.marks} role="toolbar" aria-label={t("admin.faq.marks")}>
          {marks.map((how) => (
            <Button key={how} size="xs" look="quiet" onClick={() => mark(how)}>
              {t(`admin.faq.mark.${how}`)}
            </Button>
          ))}
          <Button size="xs" look="quiet" busy={busy} onClick={() => picture.current?.click()}>
            {t("admin.faq.mark.image")}
          </Button>
          <input
            ref={picture}
            type="file"
            hidden
            accept="image/png,image/jpeg,image/gif,image/webp"
            onChange={(e) => {
              void add(e.currentTarget.files?.[0]);
              e.currentTarget.value = "";
            }}
          />
        </div>
        <Textarea
          ref={field}
          label={t("admin.faq.answer")}
          description={t("admin.faq.answerHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          lang={language}
          required
          autosize
          minRows={8}
          maxRows={24}
          value={value}
          error={error}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      </div>
      <Preview rich={value} language={language} />
    </div>
  );
}

function Preview({ rich, language }: { rich: string; language: string }) {
  const { t } = useTranslation();
  const [asked] = useDebouncedValue(rich, 250);
  const { data } = useQuery({
    queryKey: keys.faqs("preview", asked),
    queryFn: () => api.post<{ blocks: RichBlock[] }>("/api/admin/faq-previews", { rich: asked }),
    placeholderData: (before) => before,
    enabled: asked !== "",
  });
  return (
    <section className={styles.preview} aria-label={t("admin.faq.preview")} lang={language}>
      <h2>{t("admin.faq.preview")}</h2>
      {rich !== "" && <Rich blocks={data?.blocks ?? []} />}
    </section>
  );
}

/** upload keeps a picture for answers and returns its address. */
async function upload(file: File): Promise<string> {
  const form = new FormData();
  form.append("file", file);
  const response = await fetch("/api/admin/faq-images", { method: "POST", body: form });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError({ ...answer, status: response.status });
  return answer.url;
}
