import { Modal, TextInput } from "@mantine/core";
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { showKeys, useActionList } from "../parts/actions";
import { matches } from "../parts/fold";
import { workingKeys } from "../parts/shortcuts";
import { Icon } from "../ui/Icon";
import { useFinds } from "./finds";
import css from "./Palette.module.css";

interface Option {
  id: string;
  group: "actions" | "customers" | "cases" | "talks";
  label: ReactNode;
  about?: string | undefined;
  keys?: string | undefined;
  run: () => void;
}

/** Palette is the one box: customers, cases and what was said, and any action with the key beside it. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const { may, finds, waiting, failed } = useFinds(query);
  const actions = useActionList()
    .filter((a) => !a.hidden && a.label && matches(a.label, query))
    .map(
      (a): Option => ({
        id: a.id,
        group: "actions",
        label: a.label,
        keys: workingKeys(a.id).map(showKeys)[0],
        run: a.run,
      }),
    );
  const options: Option[] = [...finds, ...actions];
  const chosen = options[Math.min(at, options.length - 1)];

  function run(option: Option) {
    onClose();
    setTimeout(option.run); // after the dialog has given the focus back
  }
  function key(e: KeyboardEvent) {
    if (e.key === "ArrowDown") setAt(Math.min(options.length - 1, at + 1));
    else if (e.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (e.key === "Enter" && chosen && !waiting) run(chosen);
    else return;
    e.preventDefault();
  }

  const words = t(may ? "palette.placeholder" : "palette.placeholderActions");
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      yOffset="12vh"
      size="lg"
      centered={false}
      attributes={{ content: { "aria-label": t("palette.title") } }}
    >
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        className={css.search}
        leftSection={<Icon name="search" />}
        aria-label={words}
        placeholder={words}
        value={query}
        maxLength={200}
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
      <div
        id="palette-list"
        role="listbox"
        aria-label={t("palette.title")}
        aria-busy={waiting}
        className={css.list}
      >
        {options.map((o, n) => (
          <Fragment key={`${o.group} ${o.id}`}>
            {o.group !== options[n - 1]?.group && (finds.length > 0 || o.group !== "actions") && (
              <p className={css.group} role="presentation">
                {t(`palette.group.${o.group}`)}
              </p>
            )}
            <Line option={o} chosen={o === chosen} onRun={() => run(o)} />
          </Fragment>
        ))}
      </div>
      <p className={css.empty} role="status">
        {options.length === 0 &&
          (waiting ? t("palette.waiting") : t(may ? "palette.nothing" : "palette.empty"))}
        {failed && t("palette.failed")}
      </p>
    </Modal>
  );
}

function Line({ option, chosen, onRun }: { option: Option; chosen: boolean; onRun: () => void }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the keys
    <div
      ref={line}
      id={`palette-${option.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={css.option}
      onClick={onRun}
    >
      <span className={css.words}>
        <span dir="auto">{option.label}</span>
        {option.about && <small>{option.about}</small>}
      </span>
      {option.keys && <kbd>{option.keys}</kbd>}
    </div>
  );
}
