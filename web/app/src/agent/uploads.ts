import type { Attachment } from "@parley/protocol";
import { useSyncExternalStore } from "react";
import { here } from "../panel/surface";

/** Upload is a file of an unsent message. */
export interface Upload {
  key: string;
  name: string;
  /** As the browser says, "" if it does not know. */
  type: string;
  /** Unit: bytes. */
  size: number;
  /** How much has arrived, 0 to 1. */
  done: number;
  /** What the server made of it, once it has it. */
  file: Attachment | null;
  /** Why it was refused: a code of the API, "" = it was not. */
  code: string;
  /** What the API says besides the code. */
  data: Record<string, unknown>;
}

const none: Upload[] = [];
let all: Record<string, Upload[]> = {};
const running = new Map<string, XMLHttpRequest>();
const listeners = new Set<() => void>();

function set(interaction: string, next: Upload[]) {
  all = { ...all, [interaction]: next };
  for (const l of listeners) l();
}

const of = (interaction: string) => all[interaction] ?? none;

function patch(interaction: string, key: string, change: Partial<Upload>) {
  set(
    interaction,
    of(interaction).map((u) => (u.key === key ? { ...u, ...change } : u)),
  );
}

/** addUpload sends a file to the server; `code` keeps one that may not go, to say why. */
export function addUpload(interaction: string, file: File, code: string) {
  const key = crypto.randomUUID();
  set(interaction, [
    ...of(interaction),
    { key, name: file.name, type: file.type, size: file.size, done: 0, file: null, code, data: {} },
  ]);
  if (code) return;
  const form = new FormData();
  form.append("file", file, file.name);
  const call = new XMLHttpRequest(); // fetch does not tell how far it has come
  running.set(key, call);
  call.upload.onprogress = (e) => {
    if (e.lengthComputable) patch(interaction, key, { done: e.loaded / e.total });
  };
  call.onloadend = () => {
    running.delete(key);
    patch(interaction, key, answered(call));
  };
  call.open("POST", here(`/api/interactions/${interaction}/attachments`));
  call.send(form);
}

function answered(call: XMLHttpRequest): Partial<Upload> {
  if (call.status === 0) return { code: "unreachable" };
  const body = JSON.parse(call.responseText || "{}");
  return call.status < 300
    ? { done: 1, file: body }
    : { code: body.code ?? "internal", data: body.data ?? {} };
}

/** removeUpload drops a file, here and on the server. */
export function removeUpload(interaction: string, key: string) {
  const gone = of(interaction).find((u) => u.key === key);
  set(
    interaction,
    of(interaction).filter((u) => u.key !== key),
  );
  running.get(key)?.abort();
  if (gone?.file)
    void fetch(here(`/api/attachments/${gone.file.id}`), { method: "DELETE" }).catch(() => undefined);
}

/** takeUploads returns the files that are ready to go, and forgets them all. */
export function takeUploads(interaction: string): Attachment[] {
  const files = of(interaction).flatMap((u) => (u.file ? [u.file] : []));
  set(interaction, none);
  return files;
}

/** useUploads are the files of an unsent message. */
export function useUploads(interaction: string): Upload[] {
  return useSyncExternalStore(
    (l) => {
      listeners.add(l);
      return () => listeners.delete(l);
    },
    () => of(interaction),
  );
}
