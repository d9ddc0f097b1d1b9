import { Modal } from "@mantine/core";
import type { Help as Links } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys as queryKeys } from "../api/query";
import { showKeys } from "../parts/actions";
import { KeyRemapper, LettersSwitch } from "../parts/keys/KeyRemapper";
import { shortcutName } from "../parts/keys/names";
import { usePreferences } from "../parts/preferences";
import { groups, workingKeys } from "../parts/shortcuts";
import { Button } from "../ui/Button";
import css from "./Help.module.css";

/** Help lists the shortcuts as this person has them, and lets them be changed or switched off (WCAG 2.1.4). */
export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  function close() {
    setChanging(false);
    onClose();
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("help.title")}
      size="lg"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && !changing && <Elsewhere />}
      {changing ? <KeyRemapper /> : <Keys />}
      <div className={css.foot}>
        <LettersSwitch />
        <Button onClick={() => setChanging(!changing)}>{t(changing ? "help.done" : "help.change")}</Button>
      </div>
    </Modal>
  );
}

/** Keys lists what has a key now, and those that are the same everywhere. */
function Keys() {
  const { t } = useTranslation();
  const now = usePreferences();
  const always = {
    anywhere: [["escape", "Esc"]],
    offers: [],
    conversation: [
      ["send", now.enterSends ? "Enter" : "shift+Enter"],
      ["line", now.enterSends ? "shift+Enter" : "Enter"],
    ],
    list: [],
  } as const;
  return (
    <div className={css.groups}>
      {groups.map(([group, ids]) => (
        <section key={group}>
          <h3 className={css.head}>{t(`help.${group}`)}</h3>
          <dl className={css.keys}>
            {always[group].map(([name, key]) => (
              <Line key={name} name={t(`help.keys.${name}`)} keys={[key]} />
            ))}
            {ids.map((id) => (
              <Line key={id} name={shortcutName(t, id)} keys={workingKeys(id, now)} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Line({ name, keys }: { name: string; keys: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{name}</dt>
      <dd>{keys[0] === undefined ? t("help.none") : <kbd>{showKeys(keys[0])}</kbd>}</dd>
    </div>
  );
}

/** Elsewhere links to what the center itself offers: its instructions, and where to say what is missing. Source: F114. */
function Elsewhere() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: queryKeys.help(),
    queryFn: () => api.get<Links>("/api/help"),
  });
  const links = [
    [data?.docs_url, t("help.docs")],
    [data?.feedback_url, t("help.feedback")],
  ].filter(([href]) => href);
  if (links.length === 0) return null;
  return (
    <nav className={css.elsewhere} aria-label={t("help.elsewhere")}>
      {links.map(([href, words]) => (
        <a key={words} href={href} target="_blank" rel="noreferrer">
          {words}
        </a>
      ))}
    </nav>
  );
}
