import type { Composer } from "@parley/protocol";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";

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
