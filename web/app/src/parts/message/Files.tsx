import type { Attachment } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { here } from "../../panel/surface";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { toast } from "../../ui/toast";
import { problemText } from "../problem";
import { fileName, fileSize, shapeOf, whyText } from "./content";
import css from "./content.module.css";
import { Lightbox } from "./Lightbox";

/** fileUrl is where a file is served to whoever may see its message. */
export const fileUrl = (id: string, thumb = false) => here(`/files/${id}${thumb ? "/thumb" : ""}`);

/** Files are a message's files: on their way, here, or not to be had. */
export function Files({ files, who }: { files: Attachment[]; who: string }) {
  return (
    <div className={css.files}>
      {files.map((f) =>
        f.state === "ready" ? <Ready key={f.id} file={f} who={who} /> : <Absent key={f.id} file={f} />,
      )}
    </div>
  );
}

function Absent({ file: f }: { file: Attachment }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    await api.put(`/api/attachments/${f.id}/retry`).catch((error) => toast(problemText(t, error), "bad"));
    setBusy(false);
  };
  return (
    <div className={css.file} data-state={f.state}>
      <Icon name={f.state === "fetching" ? "clock" : "triangle"} size={16} />
      <span className={css.fileWords}>
        <b dir="auto">{fileName(t, f)}</b>
        <span>{f.state === "fetching" ? t("talk.fetching") : whyText(t, f.why ?? "")}</span>
      </span>
      {f.state === "failed" && f.why !== "expired" && (
        <Button size="xs" busy={busy} onClick={() => void again()}>
          {t("action.retry")}
        </Button>
      )}
    </div>
  );
}

function Ready({ file: f, who }: { file: Attachment; who: string }) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  const name = fileName(t, f);
  const shape = broken ? "paper" : shapeOf(f);
  const label = t("talk.fileFrom", { kind: t(`talk.kind.${f.kind}`), name: who });
  if (shape === "picture")
    return <Picture file={f} alt={f.caption || label} onBroken={() => setBroken(true)} />;
  if (shape === "video" || shape === "sound") {
    const Player = shape === "video" ? "video" : "audio";
    return (
      <>
        <Player
          className={css[shape]}
          controls
          preload="metadata"
          src={fileUrl(f.id)}
          aria-label={label}
          onError={() => setBroken(true)}
        />
        <p className={css.printed}>{label}</p>
      </>
    );
  }
  return (
    <a className={css.file} href={fileUrl(f.id)} download={name} target="_blank" rel="noreferrer">
      <Icon name="note" size={16} />
      <span className={css.fileWords}>
        <b dir="auto">{name}</b>
        {broken && <span>{t("talk.unreadable")}</span>}
        <span>{[f.type, f.size ? fileSize(f.size) : ""].filter(Boolean).join(" · ")}</span>
      </span>
    </a>
  );
}

interface PictureProps {
  file: Attachment;
  alt: string;
  onBroken: () => void;
}

function Picture({ file: f, alt, onBroken }: PictureProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={css.picture}
        data-sticker={f.kind === "sticker" || undefined}
        aria-label={t("talk.enlarge", { what: alt })}
        onClick={() => setOpen(true)}
      >
        <img src={fileUrl(f.id, true)} alt={alt} loading="lazy" {...sized(f)} onError={onBroken} />
      </button>
      {open && <Lightbox file={f} alt={alt} onClose={() => setOpen(false)} />}
    </>
  );
}

/** sized keeps the room of a picture that is still loading, so that nothing jumps. Unit: pixels. */
function sized(f: Attachment): { width?: number; height?: number } {
  if (!f.width || !f.height) return {};
  const shrink = Math.min(1, 320 / Math.max(f.width, f.height));
  return { width: Math.round(f.width * shrink), height: Math.round(f.height * shrink) };
}
