/** Answers is what a center needs to begin. */
export type Answers = {
  language: "en" | "fr-CA";
  display_name: string;
  login: string;
  password: string;
  center: string;
  zone: string;
};

export const steps = ["language", "you", "center", "ready"] as const;
export type Step = (typeof steps)[number];

/** A password's length. Unit: characters. */
export const passwordMin = 8;

/** The step that asks for a field, so that a refusal leads back to it. */
const asked: Partial<Record<string, Step>> = {
  language: "language",
  display_name: "you",
  login: "you",
  password: "you",
  center: "center",
  zone: "center",
};

/** missing lists what a step still needs, so that nothing is asked twice (UX-78). */
export function missing(step: Step, answers: Answers): (keyof Answers)[] {
  if (step === "you") {
    const empty = (["display_name", "login"] as const).filter((field) => answers[field].trim() === "");
    return [...answers.password].length < passwordMin ? [...empty, "password"] : empty;
  }
  return step === "center" && answers.center.trim() === "" ? ["center"] : [];
}

/** stepOf is where the first refused field is asked. */
export function stepOf(fields: readonly string[]): Step {
  const wrong = new Set(fields.map((field) => asked[field] ?? "ready"));
  return steps.find((step) => wrong.has(step)) ?? "ready";
}

/** loginFrom suggests a sign-in name: amy of "Amy Roy". */
export function loginFrom(name: string): string {
  const first = name.trim().split(/\s+/)[0] ?? "";
  return first
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

/** tokenIn reads the token of the set-up link: it follows the #, so that it is never sent in a request line. */
export function tokenIn(text: string): string {
  return text.trim().replace(/^.*#/, "");
}
