import type { Composer } from "@parley/protocol";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { fileSize, shapeOf } from "../../parts/message/content";
import { fileUrl } from "../../parts/message/Files";
import { problemText } from "../../parts/problem";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { removeUpload, type Upload } from "../uploads";
import css from "./AttachTray.module.css";
import { fileMax } from "./compose";

interface AttachTrayProps {
  interaction: string;
  uploads: Upload[];
  facts: Composer | null;
}

/** AttachTray lists the files of an unsent message: how far each is, and why one cannot go (CNV-07). */
export function AttachTray({ interaction, uploads, facts }: AttachTrayProps) {
  const { t } = useTranslation();
  if (uploads.length === 0) return null;
  const limit = fileSize(Math.min(fileMax, facts?.file_max || fileMax));
  return (
    <ul className={css.tray} aria-label={t("agent.files.title")}>
      {uploads.map((u) => (
        <li key={u.key} className={css.one} data-bad={u.code !== "" || undefined}>
          <Small upload={u} />
          <span className={css.words}>
            <b dir="auto">{u.name}</b>
            <span role={u.code ? "alert" : undefined}>
              {u.code
                ? `${problemText(t, new ApiError({ status: 409, code: u.code }))} ${u.code === "too_large" ? t("agent.files.limit", { limit }) : ""}`
                : fileSize(u.size)}
            </span>
            {!u.file && !u.code && (
              <progress value={u.done} max={1} aria-label={t("agent.files.progress", { name: u.name })} />
            )}
          </span>
          <IconButton
            label={t("agent.files.remove", { name: u.name })}
            onClick={() => removeUpload(interaction, u.key)}
          >
            <Icon name="x" size={14} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

function Small({ upload: u }: { upload: Upload }) {
  if (u.file && shapeOf(u.file) === "picture") {
    return <img className={css.small} src={fileUrl(u.file.id, true)} alt="" />;
  }
  return <Icon name={u.code ? "triangle" : "note"} size={18} />;
}

interface AttachButtonProps {
  facts: Composer | null;
  onFiles: (files: File[]) => void;
}

/** AttachButton lets one choose files the network takes. */
export function AttachButton({ facts, onFiles }: AttachButtonProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const types = facts?.file_types.length ? facts.file_types : facts?.files.flatMap(typesOf);
  return (
    <>
      <IconButton label={t("agent.files.attach")} onClick={() => input.current?.click()}>
        <Icon name="clip" />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={types?.includes("*/*") ? undefined : types?.join(",")}
        onChange={(e) => {
          onFiles([...(e.currentTarget.files ?? [])]);
          e.currentTarget.value = "";
        }}
      />
    </>
  );
}

/** typesOf are the types of a kind, as a file dialog wants them. */
function typesOf(kind: Composer["files"][number]): string[] {
  if (kind === "document") return ["*/*"];
  return kind === "image" || kind === "video" || kind === "audio" ? [`${kind}/*`] : [];
}
