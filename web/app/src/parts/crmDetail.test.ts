import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";
import { type Language, setLanguage, startWords } from "../i18n";
import { detailText } from "./crmDetail";

beforeAll(() => startWords("fr-CA"));

const said = (detail: string) => detailText(i18next.getFixedT(null, "app"), detail);

test("LOC-01: what is ours is said in the language on the screen, what the CRM says is quoted", async () => {
  expect(said("no_host")).toBe("Aucun ordinateur ne porte ce nom.");
  expect(said("sign_in: nobody_listens")).toBe(
    "Son service de connexion\u00a0: Personne n\u2019\u00e9coute \u00e0 cette adresse.",
  );
  expect(said("AADSTS7000215: Invalid client secret provided.")).toBe(
    "\u00ab\u00a0AADSTS7000215: Invalid client secret provided.\u00a0\u00bb",
  );
  expect(said("forbidden_by_plugin")).toBe("\u00ab\u00a0forbidden_by_plugin\u00a0\u00bb");
  expect(said("")).toBe("");
  await setLanguage("en" satisfies Language);
  expect(said("503")).toBe("\u201c503\u201d");
});
