import { Modal, TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { showKeys, useActionList } from "../parts/actions";
import { Icon } from "../ui/Icon";
import css from "./Palette.module.css";

/** fold makes words comparable: no case, no accents. */
const fold = (s: string) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Palette finds any action by its words and shows the key beside it. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const all = useActionList().filter((a) => !a.hidden && a.label);
  const found = all.filter((a) => fold(a.label).includes(fold(query)));
  const chosen = found[Math.min(at, found.length - 1)];

  function run(action: (typeof all)[number]) {
    onClose();
    setTimeout(action.run); // after the dialog has given the focus back
  }
  function key(e: KeyboardEvent) {
    if (e.key === "ArrowDown") setAt(Math.min(found.length - 1, at + 1));
    else if (e.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (e.key === "Enter" && chosen) run(chosen);
    else return;
    e.preventDefault();
  }

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      yOffset="12vh"
      centered={false}
      attributes={{ content: { "aria-label": t("palette.title") } }}
    >
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        className={css.search}
        leftSection={<Icon name="search" />}
        aria-label={t("palette.placeholder")}
        placeholder={t("palette.placeholder")}
        value={query}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={chosen && `palette-${chosen.id}`}
        onKeyDown={key}
        onChange={(e) => {
          setQuery(e.currentTarget.value);
          setAt(0);
        }}
      />
      <div id="palette-list" role="listbox" aria-label={t("palette.title")} className={css.list}>
        {found.map((a) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
          <div
            key={a.id}
            id={`palette-${a.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={a === chosen}
            className={css.option}
            onClick={() => run(a)}
          >
            <span>{a.label}</span>
            {a.keys[0] && <kbd>{showKeys(a.keys[0])}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className={css.empty}>{t("palette.empty")}</p>}
    </Modal>
  );
}
