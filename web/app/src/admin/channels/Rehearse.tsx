import { useTranslation } from "react-i18next";
import type { Editor } from "../../parts/editor/useEditor";
import { Button } from "../../ui/Button";
import type { EntryPoint } from "../types";
import own from "./Channels.module.css";
import { atSimulator, rehearsed } from "./rehearsal";
import type { Field, Provider } from "./types";

interface RehearseProps {
  editor: Editor<EntryPoint>;
  provider: Provider;
  /** The lines that are asked for now. */
  asked: Field[];
}

/** Rehearse leads an account to the simulator, in a center that has one. */
export function Rehearse({ editor, provider, asked }: RehearseProps) {
  const { t } = useTranslation();
  const { draft } = editor;
  if (provider.simulator === "") return null;
  if (atSimulator(provider, draft.settings))
    return (
      <p className={own.rehearse} role="status">
        {t("admin.network.rehearsed")}{" "}
        <a href="/sim" target="_blank" rel="noreferrer">
          {t("admin.network.phones")}
        </a>
      </p>
    );
  const fill = () =>
    editor.set(
      rehearsed(
        provider,
        asked,
        { address: draft.address, settings: draft.settings, secrets: draft.secrets },
        draft.secrets_set,
      ),
    );
  return (
    <div className={own.rehearse}>
      <p>{t("admin.network.rehearseAbout")}</p>
      <Button size="xs" onClick={fill}>
        {t("admin.network.rehearse")}
      </Button>
    </div>
  );
}
