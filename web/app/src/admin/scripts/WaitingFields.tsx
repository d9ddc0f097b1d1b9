import { NumberInput, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import styles from "../Admin.module.css";
import type { Words } from "../types";
import type { FieldsProps } from "./Fields";
import { noWords } from "./flow";
import { WordsFields } from "./WordsFields";

const none = { every: 0, times: 0, texts: [] };

/** WaitingFields is what is said to who waits in the line, every so often. Source: SCR-02. */
export function WaitingFields({ object, fault, set }: FieldsProps) {
  const { t } = useTranslation();
  const messages = object.messages ?? none;
  const texts = messages.texts ?? [];
  const change = (next: Partial<typeof messages>) => set({ messages: { ...messages, ...next } });
  const put = (all: Words[]) => change({ texts: all });
  return (
    <>
      <Switch
        label={t("scripts.messages")}
        description={t("scripts.messagesHint")}
        checked={messages.every > 0}
        onChange={(e) =>
          set({ messages: e.currentTarget.checked ? { every: 60, times: 3, texts: [noWords] } : none })
        }
      />
      {messages.every > 0 && (
        <>
          <div className={styles.fields}>
            <NumberInput
              label={t("scripts.every")}
              value={messages.every}
              min={15}
              error={fault("messages.every")}
              onChange={(n) => change({ every: Number(n) || 15 })}
            />
            <NumberInput
              label={t("scripts.times")}
              value={messages.times}
              min={1}
              max={100}
              error={fault("messages.times")}
              onChange={(n) => change({ times: Number(n) || 1 })}
            />
          </div>
          {fault("messages.texts") && <p className={styles.fault}>{fault("messages.texts")}</p>}
          {texts.map((text, at) => (
            <div key={at} className={styles.row}>
              <div className={styles.grow}>
                <WordsFields
                  label={t("scripts.messageN", { n: at + 1 })}
                  value={text}
                  error={fault(`messages.texts[${at}].en`)}
                  errorFR={fault(`messages.texts[${at}].fr`)}
                  onChange={(words) => put(texts.map((old, n) => (n === at ? words : old)))}
                />
              </div>
              <IconButton
                label={t("admin.removeOf", { name: t("scripts.messageN", { n: at + 1 }) })}
                onClick={() => put(texts.filter((_, n) => n !== at))}
              >
                <Icon name="x" size={16} />
              </IconButton>
            </div>
          ))}
          <div>
            <Button
              size="xs"
              look="soft"
              icon={<Icon name="plus" size={14} />}
              onClick={() => put([...texts, noWords])}
            >
              {t("scripts.addMessage")}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
