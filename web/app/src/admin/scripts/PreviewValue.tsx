import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { over } from "../../parts/over";

interface PreviewValueProps {
  /** What a condition reads: email, $plan. */
  field: string;
  value: string;
  set: (value: string) => void;
}

/** PreviewValue is what the contact of a preview brings for a condition to read (SCR-02). */
export function PreviewValue({ field, value, set }: PreviewValueProps) {
  const { t } = useTranslation();
  const common = { description: t("scripts.readBy"), value };
  if (field === "previous_interaction")
    return (
      <Select
        {...common}
        label={t("scripts.fields.previous_interaction")}
        data={(["no", "yes"] as const).map((v) => ({ value: v, label: t(`scripts.yesNo.${v}`) }))}
        value={value || "no"}
        allowDeselect={false}
        onChange={(v) => set(v ?? value)}
      />
    );
  return (
    <TextInput
      {...common}
      label={field.startsWith("$") ? field : t(`scripts.fields.${field as "email"}`)}
      error={over(t, value, 255)}
      onChange={(e) => set(e.currentTarget.value)}
    />
  );
}
