import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, it } from "vitest";
import { ApiError } from "../../api/client";
import { lineOf, useLineFaults } from "./useFault";

const refused = new ApiError({
  status: 422,
  code: "invalid",
  errors: [
    { field: "emails[0]", code: "not_an_email" },
    { field: "emails[2]", code: "taken", whose: "Marie Roy 100042" },
    { field: "phones", code: "too_many" },
  ],
});

const said: Record<string, string | undefined> = {};

function Shown() {
  const lines = useLineFaults(refused);
  for (const field of ["emails", "phones", "notes"]) said[field] = lines(field);
  return null;
}

it("CRM-02: of a list typed one per line every wrong line is named, not only that one is", () => {
  expect([lineOf("emails[2]"), lineOf("emails"), lineOf("members[2].level")]).toEqual([3, 0, 0]);
  act(() => createRoot(document.createElement("div")).render(<Shown />));
  expect(said.emails?.split("\n")).toHaveLength(2);
  expect(said.phones?.split("\n")).toHaveLength(1);
  expect(said.notes).toBeUndefined();
});
