import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { day } from "../live/people";
import { Written } from "./CaseTab";

test("CRM-08: what a colleague noted beside the conversation stands with its case", () => {
  const note = { id: "n1", interaction_id: "i1", client_id: "k1", text: "She called before.", at: day };
  const shown = renderToStaticMarkup(
    <Written notes={[{ ...note, agent: { id: "amy", display_name: "Amy" } }]} />,
  );
  expect(shown).toContain("She called before.");
  expect(renderToStaticMarkup(<Written notes={[]} />)).toBe("");
});
