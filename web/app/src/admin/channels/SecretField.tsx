import { PasswordInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button";
import { CopyField } from "./CopyField";
import type { Field } from "./types";

interface SecretFieldProps {
  label: string;
  error: string | undefined;
  required: boolean;
  field: Field;
  /** It was saved before; it is never shown again. */
  isSet: boolean;
  value: string;
  onChange: (value: string) => void;
}

/** SecretField takes a secret in; a new one of ours is shown until it is saved, to be copied to the network. Source: A-095. */
export function SecretField({ label, error, required, field, isSet, value, onChange }: SecretFieldProps) {
  const { t } = useTranslation();
  return (
    <div>
      <PasswordInput
        label={label}
        error={error}
        required={required && !isSet}
        value={value}
        placeholder={isSet ? t("admin.network.secretSet") : ""}
        onChange={(e) => onChange(e.currentTarget.value)}
        spellCheck={false}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": t("admin.network.showSecret", { name: label }) }}
      />
      {field.ours && value === "" && (
        <Button
          size="xs"
          look="quiet"
          onClick={() => onChange(random())}
          aria-label={t("admin.network.drawOf", { name: label })}
        >
          {t("admin.network.draw")}
        </Button>
      )}
      {field.ours && value !== "" && (
        <CopyField label={t("admin.network.copyOf", { name: label })} value={value} />
      )}
    </div>
  );
}

/** random draws a secret: 32 hexadecimal digits. */
function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}
