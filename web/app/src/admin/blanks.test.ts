import { describe, expect, it } from "vitest";
import { words as en } from "../i18n/en";
import { words as fr } from "../i18n/fr-CA";
import { begun, blanks, bodyOf, fresh, type Noun, whole } from "./blanks";
import { cures } from "./Home";
import type { FaqCategory } from "./types";

const area: Record<Noun, keyof typeof en.admin> = {
  groups: "group",
  skills: "skill",
  fields: "field",
  "status-codes": "code",
  "faq-categories": "category",
  faqs: "faq",
  "canned-replies": "canned",
  agents: "agent",
  queues: "queue",
  "disposition-lists": "list",
  "entry-points": "entry",
  scripts: "script",
  webhooks: "webhook",
};

describe("forms", () => {
  it("every field an administrator fills in has its word in both languages", () => {
    for (const noun of Object.keys(blanks) as Noun[])
      for (const field of Object.keys(bodyOf(noun, blanks[noun] as never))) {
        if (
          ["rev", "skills", "memberships", "required", "members", "codes", "script", "channel"].includes(
            field,
          )
        )
          continue;
        for (const words of [en, fr])
          expect(words.admin[area[noun]], `admin.${area[noun]}.${field}`).toHaveProperty([field]);
      }
  });

  it("a new entry point has the queue chosen where there is but one, and its network", () => {
    const blank = blanks["entry-points"];
    const sms = { provider: "twilio", channels: ["sms"] };
    expect(begun(blank, [{ id: "que_1" }], sms)).toMatchObject({
      queue_id: "que_1",
      provider: "twilio",
      channel: "sms",
    });
    expect(begun(blank, [{ id: "que_1" }, { id: "que_2" }])).toEqual(blank);
    expect(begun(blank, [])).toEqual(blank);
  });

  it("begins people and widgets in the language and zone they are begun in, and changes no blank", () => {
    const zone = "America/Vancouver";
    expect(fresh("agents", "fr-CA", zone).language).toBe("fr-CA");
    expect(fresh("entry-points", "fr-CA", zone).script).toMatchObject({
      language: "fr-CA",
      schedule: { zone, hours: [] },
    });
    expect(fresh("agents", "en", zone)).toEqual(blanks.agents);
    expect(fresh("queues", "fr-CA", zone)).toBe(blanks.queues);
  });

  it("fills in what the server leaves out because it is empty", () => {
    const got = { id: "fqc_1", rev: 3, name: "Billing" };
    expect(whole("faq-categories", got)).toEqual({ ...got, name_fr: "", order: 0 } satisfies FaqCategory);
    expect(whole("agents", { id: "agt_amy", may_reject: false }).may_reject).toBe(false);
    expect(whole("agents", { id: "agt_amy" }).may_reject).toBeNull();
    expect(whole("queues", { id: "que_1" }).members).toEqual([]);
  });

  it("A-018: sends the fields of the form and no others", () => {
    const faq = { ...blanks.faqs, id: "faq_1", rev: 2, uses: 9, extra: 1 };
    expect(Object.keys(bodyOf("faqs", faq)).sort()).toEqual(["active", "category_id", "rev", "texts"]);
    expect(bodyOf("agents", { ...blanks.agents, password: "secret" })).not.toHaveProperty("password");
  });

  it("UX-59: every thing to fix has words in both languages", () => {
    for (const code of Object.keys(cures))
      for (const words of [en, fr]) expect(words.admin.health).toHaveProperty(code);
  });
});
