import type { Channel, Composer } from "@parley/protocol";
import { useTranslation } from "react-i18next";
import { fileSize, shapeOf } from "../../parts/message/content";
import { fileUrl } from "../../parts/message/Files";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { removeUpload, type Upload } from "../uploads";
import css from "./AttachTray.module.css";
import { refusedText } from "./refused";

interface AttachTrayProps {
  interaction: string;
  channel: Channel;
  uploads: Upload[];
  facts: Composer | null;
}

/** AttachTray lists the files of an unsent message: how far each is, and why one cannot go (CNV-07). */
export function AttachTray({ interaction, channel, uploads, facts }: AttachTrayProps) {
  const { t } = useTranslation();
  return (
    <ul className={css.tray} aria-label={t("agent.files.title")}>
      {uploads.map((u) => (
        <li key={u.key} className={css.one} data-bad={u.code !== "" || undefined}>
          <Small upload={u} />
          <span className={css.words}>
            <b dir="auto">{u.name}</b>
            <span role={u.code ? "alert" : undefined}>
              {u.code ? refusedText(t, u, channel, facts) : fileSize(u.size)}
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
