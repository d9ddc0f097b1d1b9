import { NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { over } from "../../parts/over";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import styles from "../Admin.module.css";
import type { FieldsProps } from "./Fields";
import { noWords } from "./flow";
import own from "./Scripts.module.css";

const most = 10;

/** MenuFields is what can be answered, how long one may take, and how often it is asked again. */
export function MenuFields({ object, fault, set }: FieldsProps) {
  const { t } = useTranslation();
  const options = object.options ?? [];
  const change = (at: number, next: (typeof options)[number]) =>
    set({ options: options.map((option, n) => (n === at ? next : option)) });
  return (
    <>
      {fault("options") && <p className={styles.fault}>{fault("options")}</p>}
      {options.map((option, at) => (
        <div key={at} className={own.part}>
          {(["en", "fr"] as const).map((language) => (
            <TextInput
              key={language}
              label={t("scripts.option", {
                n: at + 1,
                language: t(`admin.language.${language === "fr" ? "fr-CA" : "en"}`),
              })}
              error={over(t, option.text[language], 40) ?? fault(`options[${at}].text.${language}`)}
              value={option.text[language]}
              onChange={(e) =>
                change(at, { ...option, text: { ...option.text, [language]: e.currentTarget.value } })
              }
            />
          ))}
          <OtherWords words={option.words ?? []} onChange={(words) => change(at, { ...option, words })} />
          <div>
            <IconButton
              label={t("admin.removeOf", { name: option.text.en || String(at + 1) })}
              onClick={() =>
                set({ options: options.filter((_, n) => n !== at), exits: shifted(object.exits, at) })
              }
            >
              <Icon name="x" size={16} />
            </IconButton>
          </div>
        </div>
      ))}
      <div>
        <Button
          size="xs"
          look="soft"
          icon={<Icon name="plus" size={14} />}
          why={options.length >= most ? t("scripts.noMoreOptions", { count: most }) : ""}
          onClick={() => set({ options: [...options, { text: noWords }] })}
        >
          {t("scripts.addOption")}
        </Button>
      </div>
      <div className={styles.fields}>
        <NumberInput
          label={t("scripts.wait")}
          value={object.wait ?? 0}
          min={0}
          error={fault("wait")}
          onChange={(n) => set({ wait: Number(n) || 0 })}
        />
        <NumberInput
          label={t("scripts.tries")}
          value={object.tries ?? 0}
          min={0}
          max={most}
          error={fault("tries")}
          onChange={(n) => set({ tries: Number(n) || 0 })}
        />
      </div>
    </>
  );
}

/** OtherWords are more words that mean an answer, with commas between them. */
function OtherWords({ words, onChange }: { words: readonly string[]; onChange: (words: string[]) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const kept = words.join(", ");
  return (
    <TextInput
      label={t("scripts.words")}
      placeholder={t("scripts.wordsHint")}
      value={split(typed).join(", ") === kept ? typed : kept} // a comma just typed is no word yet
      onChange={(e) => {
        setTyped(e.currentTarget.value);
        onChange(split(e.currentTarget.value));
      }}
    />
  );
}

const split = (text: string) =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);

/** shifted moves the exits behind a removed option up by one. */
function shifted(exits: Record<string, string> | undefined, gone: number): Record<string, string> {
  const next: Record<string, string> = {};
  for (const [exit, to] of Object.entries(exits ?? {})) {
    const n = Number(exit);
    if (Number.isNaN(n) || n <= gone) next[exit] = to;
    else if (n > gone + 1) next[String(n - 1)] = to;
  }
  return next;
}
