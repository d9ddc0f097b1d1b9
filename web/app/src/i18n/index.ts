import i18next, { type TFunction } from "i18next";
import { initReactI18next } from "react-i18next";
import type { words } from "./en";

export const languages = ["en", "fr-CA"] as const;
export type Language = (typeof languages)[number];
export type Words = typeof words;
export type T = TFunction<"app">;

/** Part is one file of a catalog. Those of an area come when the area is opened. */
export type Part =
  | "common"
  | "talk"
  | "agent"
  | "editor"
  | "crm"
  | "crms"
  | "records"
  | "cases"
  | "customers"
  | "supervisor"
  | "admin"
  | "scripts"
  | "setup";

const load: Record<Language, Record<Part, () => Promise<{ default: object }>>> = {
  en: {
    common: () => import("./en/common.json"),
    talk: () => import("./en/talk.json"),
    agent: () => import("./en/agent.json"),
    editor: () => import("./en/editor.json"),
    crm: () => import("./en/crm.json"),
    crms: () => import("./en/crms.json"),
    records: () => import("./en/records.json"),
    cases: () => import("./en/cases.json"),
    customers: () => import("./en/customers.json"),
    supervisor: () => import("./en/supervisor.json"),
    admin: () => import("./en/admin.json"),
    scripts: () => import("./en/scripts.json"),
    setup: () => import("./en/setup.json"),
  },
  "fr-CA": {
    common: () => import("./fr-CA/common.json"),
    talk: () => import("./fr-CA/talk.json"),
    agent: () => import("./fr-CA/agent.json"),
    editor: () => import("./fr-CA/editor.json"),
    crm: () => import("./fr-CA/crm.json"),
    crms: () => import("./fr-CA/crms.json"),
    records: () => import("./fr-CA/records.json"),
    cases: () => import("./fr-CA/cases.json"),
    customers: () => import("./fr-CA/customers.json"),
    supervisor: () => import("./fr-CA/supervisor.json"),
    admin: () => import("./fr-CA/admin.json"),
    scripts: () => import("./fr-CA/scripts.json"),
    setup: () => import("./fr-CA/setup.json"),
  },
};

const needed = new Set<Part>(["common", "talk", "agent", "editor", "crm"]);
const here = new Set<string>();

/** fetchWords adds what is needed of a language and not yet here. */
async function fetchWords(language: Language) {
  const missing = [...needed].filter((part) => !here.has(`${language} ${part}`));
  await Promise.all(
    missing.map(async (part) => {
      const { default: words } = await load[language][part]();
      i18next.addResourceBundle(language, "app", part === "common" ? words : { [part]: words }, true);
      here.add(`${language} ${part}`);
    }),
  );
}

/** needWords brings the words of a part, in the language on the screen and in any shown later. */
export async function needWords(part: Part) {
  needed.add(part);
  await fetchWords(currentLanguage());
}

/** toLanguage returns the language of ours nearest to a BCP 47 tag. */
export function toLanguage(tag: string | null | undefined): Language {
  return tag?.toLowerCase().startsWith("fr") ? "fr-CA" : "en";
}

/** setLanguage shows the app in a language, at once where its words are here. */
export async function setLanguage(language: Language) {
  await fetchWords(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** startWords loads the words of a language before the first paint. */
export async function startWords(language: Language) {
  if (!i18next.isInitialized)
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
