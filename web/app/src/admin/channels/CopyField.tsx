import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import styles from "../Admin.module.css";
import own from "./Channels.module.css";

/** CopyField shows something that belongs into another page. */
export function CopyField({ label, about, value }: { label: string; about?: string; value: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <div className={own.copy}>
      <TextInput
        className={styles.grow}
        label={label}
        description={about}
        value={value}
        readOnly
        spellCheck={false}
        onFocus={(e) => e.currentTarget.select()}
      />
      <Button icon={<Icon name={copied ? "check" : "link"} size={16} />} onClick={copy}>
        {copied ? t("action.copied") : t("action.copy")}
      </Button>
    </div>
  );
}
