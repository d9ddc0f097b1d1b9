import { Modal, Switch } from "@mantine/core";
import type { Help as Links } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys as queryKeys } from "../api/query";
import { showKeys } from "../parts/actions";
import { prefer, usePreferences } from "../parts/preferences";
import css from "./Help.module.css";

const groups = [
  [
    "anywhere",
    [
      ["palette", "mod+k"],
      ["help", "?"],
      ["region", "F6"],
      ["save", "mod+s"],
      ["escape", "Esc"],
      ["goAgent", "g a"],
      ["goCustomers", "g c"],
      ["goCases", "g k"],
      ["goSupervisor", "g s"],
    ],
  ],
  [
    "offers",
    [
      ["accept", "F8"],
      ["reject", "F9"],
    ],
  ],
  [
    "conversation",
    [
      ["send", "Enter"],
      ["line", "shift+Enter"],
      ["reply", "r"],
      ["note", "n"],
      ["faq", "/"],
      ["transfer", "t"],
      ["end", "e"],
      ["park", "p"],
      ["window", "w"],
    ],
  ],
  [
    "list",
    [
      ["nextReply", "F2"],
      ["previousReply", "shift+F2"],
      ["nth", "alt+1"],
      ["move", "j"],
      ["status", "."],
      ["available", "v"],
      ["break", "b"],
      ["offline", "o"],
    ],
  ],
] as const;

/** Help lists the shortcuts, and switches the single letters off (WCAG 2.1.4). */
export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { letters } = usePreferences();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("help.title")}
      size="lg"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {opened && <Elsewhere />}
      <div className={css.groups}>
        {groups.map(([group, keys]) => (
          <section key={group}>
            <h3 className={css.head}>{t(`help.${group}`)}</h3>
            <dl className={css.keys}>
              {keys.map(([name, key]) => (
                <div key={name}>
                  <dt>{t(`help.keys.${name}`)}</dt>
                  <dd>
                    <kbd>{showKeys(key)}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt="lg"
        label={t("help.single")}
        description={t("help.singleHint")}
        checked={letters}
        onChange={(e) => prefer({ letters: e.currentTarget.checked })}
      />
    </Modal>
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
