import type { Attachment } from "@parley/protocol/visitor";
import { useEffect, useState } from "preact/hooks";
import box from "./Composer.module.css";
import { useDesk } from "./desk";
import { Icon } from "./Icon";
import css from "./Log.module.css";

export { Files } from "./files";

/** size says how large a file is, in the units people know. Unit: bytes. */
export function size(bytes: number, language: string): string {
  const [n, unit] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    maximumFractionDigits: n < 10 ? 1 : 0,
  }).format(n);
}

/** FileView is a file of a message: a picture in small, anything else by its name. It opens when asked. */
export function FileView({ file }: { file: Attachment }) {
  const { chat, state, t } = useDesk();
  const [thumb, setThumb] = useState("");
  const name = file.name || t("file.unnamed");
  const picture = file.kind === "image" || file.kind === "sticker";
  useEffect(() => {
    if (picture)
      chat.files!.link(file.id).then(
        (l) => setThumb(l.thumb_url),
        () => {},
      );
  }, [file.id]);
  const open = async () => {
    const link = await chat.files!.link(file.id).catch(() => null);
    if (!link) return chat.set({ trouble: { code: "internal", request: "", fields: {} } });
    const a = document.createElement("a");
    a.href = link.url;
    a.target = "_blank";
    a.rel = "noopener";
    a.click();
  };
  return (
    <button type="button" class={css.file} onClick={open} aria-label={t("file.open", { name })}>
      {thumb ? (
        <img src={thumb} alt={name} onError={() => setThumb("")} />
      ) : (
        <>
          <Icon path="M14 3H6v18h12V7zM14 3v4h4" />
          <span dir="auto">{name}</span>
          {file.size ? <small>{size(file.size, state.language)}</small> : null}
        </>
      )}
    </button>
  );
}

// Styles of the few who send files, with them and not with everybody's (UX-61).
const list = {
  display: "grid",
  gap: "6px",
  margin: "0 0 8px",
  padding: 0,
  maxBlockSize: "30vh",
  overflowY: "auto",
  listStyle: "none",
  fontSize: "0.875rem",
};
const line = { display: "flex", alignItems: "center", gap: "8px" };

/** Uploads are the files about to be sent. */
export function Uploads() {
  const { chat, state, t } = useDesk();
  if (state.uploads.length === 0) return null;
  return (
    <ul class={box.uploads} style={list}>
      {state.uploads.map((u) => (
        <li key={u.key} style={line}>
          {u.file ? (
            <FileView file={u.file} />
          ) : (
            <span dir="auto" style={{ overflowWrap: "anywhere" }}>
              {u.name}
            </span>
          )}
          {u.why ? (
            <strong role="alert" style={{ color: "var(--danger)", fontWeight: 600 }}>
              {t(why(u.why))}
            </strong>
          ) : (
            !u.file && (
              <progress
                style={{ inlineSize: "72px", accentColor: "var(--accent)" }}
                value={u.part}
                aria-label={t("file.uploading", { name: u.name })}
              >
                {Math.round(u.part * 100)}
              </progress>
            )
          )}
          <button
            type="button"
            class={box.remove}
            aria-label={t("file.remove", { name: u.name })}
            onClick={() => chat.files?.remove(u.key)}
          >
            <Icon path="M6 6l12 12M18 6L6 18" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** why says in words what a code means for a file. */
function why(code: string) {
  if (code === "too_large") return "file.too_large";
  if (code === "too_many_files" || code === "rate_limited") return "file.too_many";
  return code === "file_not_allowed" ? "file.refused" : "file.failed";
}
