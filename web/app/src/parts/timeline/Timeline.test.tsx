import type { Happening, Task } from "@parley/protocol";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { day } from "../../live/people";
import { Moment } from "./Timeline";

const nothing: Happening = {
  id: "h1",
  at: day,
  channel: "",
  interaction: null,
  case: null,
  follow_up: null,
  about: null,
  task: null,
};

const task: Task = {
  id: "tsk_1",
  kind: "call",
  subject: "Ring Marie",
  notes: "",
  case: null,
  customer: null,
  owner: { id: "amy", display_name: "Amy" },
  due_at: day,
  done_at: 0,
  overdue: true,
  created_at: day,
  rev: 1,
};

test("CRM-14: a task of the timeline leads to its page and tells that it is late", () => {
  const shown = renderToStaticMarkup(<Moment of={{ ...nothing, task }} />);
  expect(shown).toContain("Ring Marie");
  expect(shown).toContain("/agent/tasks/tsk_1");
  expect(shown).toContain("cases.task.overdue");
});

test("CRM-14: a follow-up leads to its case", () => {
  const agent = { id: "amy", display_name: "Amy" };
  const note = { id: "f1", kind: "note" as const, at: day, text: "Called", log: null, letter: null, agent };
  const shown = renderToStaticMarkup(
    <Moment of={{ ...nothing, follow_up: note, about: { id: "cas_1", number: 1001 } }} />,
  );
  expect(shown).toContain("Called");
  expect(shown).toContain("/agent/cases/cas_1");
});

test("CRM-14: what is nothing we know is left out", () => {
  expect(renderToStaticMarkup(<Moment of={nothing} />)).toBe("");
});
