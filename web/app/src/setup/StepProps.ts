import type { Answers } from "./wizard";

/** StepProps is what each step of the wizard gets. */
export interface StepProps {
  answers: Answers;
  fault: (field: keyof Answers) => string | undefined;
  set: (change: Partial<Answers>) => void;
}
