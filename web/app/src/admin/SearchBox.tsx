import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import styles from "./Admin.module.css";

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
}

/** SearchBox narrows what is on the page while somebody types. */
export function SearchBox({ value, onChange }: SearchBoxProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      type="search"
      className={styles.search}
      aria-label={t("action.search")}
      placeholder={t("action.search")}
      leftSection={<Icon name="search" size={16} />}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}
