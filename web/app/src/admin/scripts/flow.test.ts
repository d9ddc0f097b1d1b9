import { expect, test } from "vitest";
import type { Flow } from "../types";
import { add, exitsOf, fresh, labelFault, outline, put, readBy, restored, standing, without } from "./flow";

const empty: Flow = { start: "", objects: [] };

/** drawn is a menu whose first option leads to a queue. */
function drawn(): Flow {
  const flow = add(empty, fresh(empty, "menu", "Menu"));
  return add(flow, fresh(flow, "forward", "Forward"), { at: 0, exit: "1" });
}

test("SCR-02: the first object is the start, and an exit leads to a new one", () => {
  expect(drawn().start).toBe("Menu");
  expect(drawn().objects?.[0]?.exits).toEqual({ "1": "Forward" });
});

test("SCR-02: a label is unique and at most 21 characters", () => {
  const flow = drawn();
  expect(fresh(flow, "menu", "Menu").label).toBe("Menu 2");
  expect(fresh(flow, "end", "a very long label that cannot be").label).toHaveLength(21);
  const named = add(empty, fresh(empty, "set", "Skills and priority"));
  expect(fresh(named, "set", "Skills and priority").label).toBe("Skills and priority 2"); // 21: no letter is cut off
});

test("SCR-02: a new label is followed by every exit", () => {
  const flow = drawn();
  const next = put(flow, 1, { ...flow.objects![1]!, label: "Billing" });
  expect(next.objects?.[0]?.exits).toEqual({ "1": "Billing" });
  expect(put(next, 0, { ...next.objects![0]!, label: "Start" }).start).toBe("Start");
});

test("SCR-02: on its way to a new label an object is never called as another is, nor nothing", () => {
  const flow = add(drawn(), fresh(drawn(), "forward", "Forward"));
  const [, other, object] = flow.objects!;
  expect([other!.label, object!.label]).toEqual(["Forward", "Forward 2"]);
  const faults = ["Forward 2", "Forward ", "Forward", "", "Billing", "x".repeat(22)].map((label) =>
    labelFault(flow, object!, label),
  );
  expect(faults).toEqual(["", "bad_label", "taken", "required", "", "bad_label"]);
});

test("SCR-04: what led to a removed object leads nowhere", () => {
  expect(without(drawn(), 1).objects?.[0]?.exits).toEqual({});
});

test("SCR-02: a schedule has the exits of its special days", () => {
  const object = fresh(empty, "schedule", "Hours");
  const special = [{ name: "x", first: "2026-03-02", last: "", from: 0, to: 0, exit: "exception2" }];
  expect(exitsOf({ ...object, calendar: { ...object.calendar!, special } })).toEqual([
    "open",
    "closed",
    "exception2",
  ]);
});

test("SCR-04: the outline names exits that lead nowhere", () => {
  expect(outline(drawn()).map((l) => `${l.depth} ${l.exit} ${l.label}`)).toEqual([
    "0  Menu",
    "1 1 Forward",
    "1 invalid ",
    "1 no_answer ",
  ]);
});

test("SCR-01: the preview asks for what the conditions read, once, and for nothing it has already", () => {
  const asks = (fields: string[]) => fields.map((field) => ({ field, op: "is", value: "x" }));
  const test = { ...fresh(empty, "test", "Test"), tests: asks(["$plan", "email", "channel", "$", "text"]) };
  const again = {
    ...fresh(empty, "test", "Again"),
    tests: asks(["email", "previous_interaction", "customer"]),
  };
  expect(readBy({ start: "Test", objects: [test, again] })).toEqual([
    "$plan",
    "email",
    "previous_interaction",
  ]);
  const hello = { ...fresh(empty, "say", "Hello"), text: { en: "Hello {name}.", fr: "" } };
  expect(readBy({ start: "Hello", objects: [hello] })).toEqual(["name"]);
});

test("SCR-02: an object that was deleted comes back with what led to it, and undoes nothing that came between", () => {
  const flow = drawn();
  const gone = without(flow, 1);
  const between = put(gone, 0, { ...gone.objects![0]!, wait: 30 });
  const back = restored(between, flow, "Forward");
  expect(back.objects?.map((o) => [o.label, o.exits, o.wait])).toEqual([
    ["Menu", { "1": "Forward" }, 30],
    ["Forward", {}, undefined],
  ]);
  expect(restored(back, flow, "Forward")).toBe(back);
  expect(restored(without(flow, 0), flow, "Menu")).toEqual(flow);
});

test("SCR-04: a fault stands until what it is about is changed, also while others are mended", () => {
  const flow = drawn();
  const faults = [
    { object: "Menu", exit: "invalid", code: "exit_nowhere" },
    { object: "Menu", field: "options[0].text.en", code: "required" },
    { object: "Forward", field: "queue", code: "required" },
    { object: "Menu", exit: "1", code: "loop" },
  ];
  const menu = flow.objects![0]!;
  const left = (next: Flow) => standing(faults, flow, next).map((f) => f.exit ?? f.field);
  expect(standing(faults, flow, flow)).toHaveLength(3);
  expect(left(put(flow, 0, { ...menu, exits: { ...menu.exits, invalid: "Forward" } }))).toEqual([
    "options[0].text.en",
    "queue",
  ]);
  expect(left(put(flow, 0, { ...menu, options: [{ text: { en: "Billing", fr: "" } }] }))).toEqual([
    "invalid",
    "queue",
  ]);
  expect(left(without(flow, 1))).toEqual(["invalid", "options[0].text.en"]);
});
