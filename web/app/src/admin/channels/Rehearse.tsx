import { useTranslation } from "react-i18next";
import type { Editor } from "../../parts/editor/useEditor";
import { Button } from "../../ui/Button";
import type { EntryPoint } from "../types";
import own from "./Channels.module.css";
import { atSimulator, lacks, rehearsed } from "./rehearsal";
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
  const there = atSimulator(provider, draft.settings);
  const fill = () => editor.set(rehearsed(provider, asked, draft, draft.secrets_set));
  return (
    <div className={own.rehearse}>
      <p role="status">
        {t(there ? "admin.network.rehearsed" : "admin.network.rehearseAbout")}{" "}
        {there && (
          <a href="/sim" target="_blank" rel="noreferrer">
            {t("admin.network.phones")}
          </a>
        )}
      </p>
      {(!there || lacks(asked, draft, draft.secrets_set)) && (
        <Button size="xs" onClick={fill}>
          {t("admin.network.rehearse")}
        </Button>
      )}
    </div>
  );
}
