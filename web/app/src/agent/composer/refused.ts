import type { Channel, Composer } from "@parley/protocol";
import { ApiError } from "../../api/client";
import type { T } from "../../i18n";
import { fileSize, whyText } from "../../parts/message/content";
import { problemText } from "../../parts/problem";
import type { Upload } from "../uploads";
import { kindOf, mostOf } from "./compose";

/** What people call the types whose own names say nothing, or not enough. */
const names: Record<string, string> = {
  "application/msword": "DOC",
  "application/vnd.ms-excel": "XLS",
  "application/vnd.ms-powerpoint": "PPT",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
  "audio/mp4": "M4A",
  "audio/mpeg": "MP3",
  "image/webp": "WebP",
  "text/plain": "TXT",
  "video/3gpp": "3GP",
  "video/quicktime": "MOV",
  "video/webm": "WebM",
  "video/x-msvideo": "AVI",
};

/** takes are the types a network takes, as people call them: "JPEG, PNG, PDF". */
export function takes(types: string[]): string {
  const called = types.map((type) => names[type] ?? type.slice(type.indexOf("/") + 1).toUpperCase());
  return [...new Set(called)].join(", ");
}

/** refusedText says why a file cannot go, and what could (CNV-07). */
export function refusedText(t: T, u: Upload, channel: Channel, facts: Composer | null): string {
  const { code, data } = u;
  const network = t(`channel.${channel}`);
  if (code === "too_large") {
    const limit = fileSize(typeof data.limit === "number" ? data.limit : mostOf(kindOf(u.type), facts));
    return facts ? t("agent.files.size", { network, limit }) : t("agent.files.limit", { limit });
  }
  if (code !== "file_not_allowed") return problemText(t, new ApiError({ status: 409, code, data }));
  const why = typeof data.why === "string" ? data.why : "type";
  if (why !== "type" || !facts) return whyText(t, why);
  const types = takes(facts.file_types);
  return types ? t("agent.files.type", { network, takes: types }) : t("agent.files.never", { network });
}
