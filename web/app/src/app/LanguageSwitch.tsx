import { useTranslation } from "react-i18next";
import { type Language, setLanguage, toLanguage } from "../i18n";
import { Button } from "../ui/Button";
import { remembered } from "./remembered";

/** LanguageSwitch shows the sign-in page in the other language. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const other: Language = toLanguage(i18n.language) === "en" ? "fr-CA" : "en";
  return (
    <Button
      look="quiet"
      lang={other}
      onClick={() => {
        remembered.setLanguage(other);
        void setLanguage(other);
      }}
    >
      {other === "en" ? t("header.english") : t("header.french")}
    </Button>
  );
}
