import type { Attachment, Choice, Message } from "@parley/protocol/visitor";
import { useEffect, useState } from "preact/hooks";
import type { Chat } from "./chat";
import { useDesk } from "./desk";
import type { InputProps } from "./Form";

type Parts = typeof import("./FileView");
let parts: Parts | undefined;

/** equip loads what sends and shows files, once there are any: few chats have them (UX-61). */
export async function equip(chat: Chat): Promise<Parts> {
  parts ??= await import("./FileView");
  chat.files ??= new parts.Files(chat);
  return parts;
}

/** useLater is what `load` loads, once wanted; it is tried again when `wanted` changes. */
function useLater<T>(wanted: unknown, load: () => Promise<T>): T | undefined {
  const [now, set] = useState<T>();
  useEffect(() => {
    if (wanted) load().then(set, () => {}); // the names of files are shown all the same
  }, [wanted]);
  return now;
}

const rare = () => import("./rare");

/** Agreement is what must be agreed to before a chat, where anything must. */
export function Agreement(props: InputProps) {
  const loaded = useLater(props.fault ?? true, rare);
  return loaded ? <loaded.Consent {...props} /> : null;
}

/** Sent thanks for a message that an agent will answer by e-mail. */
export function Sent(props: { quiet: string }) {
  const { t } = useDesk();
  const loaded = useLater(true, rare);
  return loaded ? <loaded.Sent {...props} /> : <p role="status">{t("sent.text")}</p>;
}

/** Ended is what one can do after a chat. */
export function Ended() {
  const loaded = useLater(useDesk().state.link, rare);
  return loaded ? <loaded.Ended /> : null;
}

/** Choices are the answers of a menu, as buttons. */
export function Choices(props: { options: Choice[] }) {
  const loaded = useLater(true, rare);
  return loaded ? <loaded.Choices {...props} /> : null;
}

/** Words are what a message says, with its marks if it has any. */
export function Words({ text, content }: Message) {
  const loaded = useLater(content?.blocks, rare);
  return <>{loaded ? loaded.Rich(content!) : text}</>;
}

/** Attached is the files of a message. */
export function Attached({ files }: { files: Attachment[] }) {
  const { chat } = useDesk();
  const loaded = useLater(true, () => equip(chat));
  return (
    <>{files.map((file) => (loaded ? <loaded.FileView key={file.id} file={file} /> : <p>{file.name}</p>))}</>
  );
}

/** Outgoing is the files about to be sent. */
export function Outgoing() {
  const { chat, state } = useDesk();
  const loaded = useLater(state.uploads.length > 0, () => equip(chat));
  return loaded ? <loaded.Uploads /> : null;
}
