import i18next, { type TFunction } from "i18next";
import { initReactI18next } from "react-i18next";
import type { words } from "./en";

export const languages = ["en", "fr-CA"] as const;
export type Language = (typeof languages)[number];
export type Words = typeof words;
export type T = TFunction<"app">;

const load: Record<Language, () => Promise<{ words: unknown }>> = {
  en: () => import("./en"),
  "fr-CA": () => import("./fr-CA"),
};

/** toLanguage returns the language of ours nearest to a BCP 47 tag. */
export function toLanguage(tag: string | null | undefined): Language {
  return tag?.toLowerCase().startsWith("fr") ? "fr-CA" : "en";
}

/** setLanguage shows the app in a language, at once where its words are here. */
export async function setLanguage(language: Language) {
  if (!i18next.hasResourceBundle(language, "app")) {
    i18next.addResourceBundle(language, "app", (await load[language]()).words);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** startWords loads the words of a language before the first paint. */
export async function startWords(language: Language) {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ["app"],
    defaultNS: "app",
    resources: {},
    returnNull: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await setLanguage(language);
}

/** currentLanguage is the language on the screen. */
export function currentLanguage(): Language {
  return toLanguage(i18next.language);
}
