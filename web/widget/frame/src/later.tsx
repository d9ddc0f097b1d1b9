import type { Attachment } from "@parley/protocol/visitor";
import { useEffect, useState } from "preact/hooks";
import type { Chat } from "./chat";
import { useDesk } from "./desk";

type Parts = typeof import("./FileView");
let parts: Parts | undefined;

/** equip loads what sends and shows files, once there are any: few chats have them (UX-61). */
export async function equip(chat: Chat): Promise<Parts> {
  parts ??= await import("./FileView");
  chat.files ??= new parts.Files(chat);
  return parts;
}

function useParts(wanted: boolean): Parts | undefined {
  const { chat } = useDesk();
  const [now, set] = useState<Parts>();
  useEffect(() => {
    if (wanted) equip(chat).then(set, () => {}); // the names are shown all the same
  }, [wanted]);
  return now;
}

/** Attached is the files of a message. */
export function Attached({ files }: { files: Attachment[] }) {
  const loaded = useParts(true);
  return (
    <>{files.map((file) => (loaded ? <loaded.FileView key={file.id} file={file} /> : <p>{file.name}</p>))}</>
  );
}

/** Outgoing is the files about to be sent. */
export function Outgoing() {
  const { state } = useDesk();
  const loaded = useParts(state.uploads.length > 0);
  return loaded ? <loaded.Uploads /> : null;
}
