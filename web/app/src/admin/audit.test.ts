import { describe, expect, it } from "vitest";
import { differences, fieldOf, settingChanges, subjectOf, valueWord } from "./audit";

describe("CFG-04: before and after", () => {
  it("lists what differs, by path, and nothing else", () => {
    const before = { rev: 1, name: "Billing", wrapup_s: 60, members: [{ level: 50 }, { level: 20 }] };
    const after = { rev: 2, name: "Billing", wrapup_s: 90, members: [{ level: 80 }] };
    expect(differences(before, after)).toEqual([
      { field: "wrapup_s", before: "60", after: "90" },
      { field: "members[0].level", before: "50", after: "80" },
      { field: "members[1].level", before: "20", after: "" },
    ]);
  });

  it("a new object has no before, a removed one no after", () => {
    expect(differences(null, { name: "Tech" })).toEqual([{ field: "name", before: "", after: "Tech" }]);
    expect(differences({ name: "Tech" }, null)).toEqual([{ field: "name", before: "Tech", after: "" }]);
  });

  it("tells false from nothing", () => {
    expect(differences({}, { enabled: false })).toEqual([{ field: "enabled", before: "", after: "false" }]);
  });

  it("names what it was about, in the reader's language", () => {
    const words: Record<string, string> = {
      settings: "Paramètres",
      faq_image: "Image",
      skl: "Compétence supprimée",
    };
    const of = (subject: string, en = "", fr = "", french = true) =>
      subjectOf({ subject, subject_name: en, subject_name_fr: fr }, french, (name) => words[name] ?? "");
    expect(of("stc_1", "Lunch", "Dîner")).toBe("Dîner");
    expect(of("stc_1", "Lunch", "Dîner", false)).toBe("Lunch");
    expect(of("agt_1", "Amy")).toBe("Amy");
    expect(of("settings")).toBe("Paramètres");
    expect(of("faq_image")).toBe("Image");
    expect(of("skl_1")).toBe("Compétence supprimée");
    expect(of("xyz_1")).toBe("xyz_1");
  });

  it("calls a field as its form does, and what is inside it, counted from one", () => {
    const words: Record<string, string> = {
      "queue.members": "Membres",
      ".level": "Niveau",
      "support.title": "Titre",
    };
    const word = (form: string, field: string) => words[`${form}.${field}`] ?? "";
    expect(fieldOf("que_1", "members[2].level", word)).toBe("Membres 3 \u203a Niveau");
    expect(fieldOf("que_1", "odd.one", word)).toBe("odd \u203a one");
    expect(fieldOf("support_page", "title.fr", word)).toBe("Titre \u203a fr");
    expect(fieldOf("settings", "members", word)).toBe("members");
  });

  it("pairs settings by whose they are: what was not set, and what is no longer, is inherited; a secret is never read", () => {
    const of = (key: string, value: unknown, scope = "tenant", scope_id = "") => ({
      scope,
      scope_id,
      key,
      value,
    });
    const secret = (key: string) => key === "mail.password";
    expect(
      settingChanges(
        [of("cap.max", 4, "group", "grp_1"), of("mail.password", null)],
        [of("cap.max", null, "group", "grp_1"), of("cap.max", 5), of("mail.password", null)],
        secret,
      ),
    ).toEqual([
      { scope: "group", scope_id: "grp_1", key: "cap.max", before: 4, after: undefined },
      { scope: "tenant", scope_id: "", key: "mail.password", before: null, after: null },
      { scope: "tenant", scope_id: "", key: "cap.max", before: undefined, after: 5 },
    ]);
    expect(settingChanges(null, [], secret)).toEqual([]);
  });

  it("leaves out the id: the subject is named above", () => {
    expect(differences(null, { id: "skl_1", name: "Spanish" })).toEqual([
      { field: "name", before: "", after: "Spanish" },
    ]);
  });

  it("calls a value as its form does, and leaves what was written", () => {
    const words: Record<string, string> = { "applies.on_break": "Pause", "field.types.text": "Texte" };
    const of = (subject: string, path: string, value: string) =>
      valueWord(subject, path, value, (key) => words[key] ?? "");
    expect(of("stc_1", "applies", "on_break")).toBe("Pause");
    expect(of("fld_1", "type", "text")).toBe("Texte");
    expect(of("stc_1", "name", "on_break")).toBe("on_break");
    expect(of("stc_1", "applies", "A. on_break")).toBe("A. on_break");
  });
});
