import { describe, expect, it } from "vitest";
import { type Answers, loginFrom, missing, stepOf, tokenIn } from "./wizard";

const ada: Answers = {
  language: "en",
  display_name: "Ada Roy",
  login: "ada",
  password: "correct horse",
  center: "Shop",
  zone: "America/Toronto",
};

describe("UX-78: the wizard", () => {
  it("asks for what is missing and nothing else", () => {
    expect(missing("you", ada)).toEqual([]);
    expect(missing("you", { ...ada, display_name: " ", password: "short" })).toEqual([
      "display_name",
      "password",
    ]);
    expect(missing("center", { ...ada, center: "" })).toEqual(["center"]);
    expect(missing("language", ada)).toEqual([]);
  });

  it("counts a password in characters, not in bytes", () => {
    expect(missing("you", { ...ada, password: "éééééééé" })).toEqual([]);
    expect(missing("you", { ...ada, password: "ééééééé" })).toEqual(["password"]);
  });

  it("goes back to the first step the server refused", () => {
    expect(stepOf(["zone", "login"])).toBe("you");
    expect(stepOf(["zone"])).toBe("center");
    expect(stepOf([])).toBe("ready");
  });

  it("suggests a sign-in name", () => {
    expect([loginFrom("Émilie Côté"), loginFrom("  "), loginFrom("o'Neil")]).toEqual(["emilie", "", "oneil"]);
  });

  it("A-034: reads the token after the #, pasted whole or alone", () => {
    expect([
      tokenIn("#setup_abc"),
      tokenIn(" http://localhost:8080/setup#setup_abc\n"),
      tokenIn("setup_abc"),
    ]).toEqual(["setup_abc", "setup_abc", "setup_abc"]);
  });
});
