import type { Content } from "@parley/protocol/visitor";
import { render } from "preact";
import { expect, it } from "vitest";
import { Rich } from "./Rich";

it("FAQ-04, A-008: marks are shown, and what is no mark stays text", () => {
  const root = document.createElement("div");
  const content: Content = {
    kind: "text",
    blocks: [
      { kind: "text", items: [[{ text: "Hello", bold: true }, { text: " <b>there</b>" }]] },
      {
        kind: "numbers",
        items: [[{ text: "us", link: "https://parley.example/" }], [{ text: "map", image: "ab" }]],
      },
    ],
  };
  render(<Rich {...content} />, root);
  expect(root.querySelector("strong")?.textContent).toBe("Hello");
  expect(root.querySelector("b")).toBeNull();
  expect(root.textContent).toContain("<b>there</b>");
  const link = root.querySelector("ol a");
  expect(link?.getAttribute("href")).toBe("https://parley.example/");
  expect(link?.getAttribute("rel")).toBe("noopener noreferrer");
  expect(root.querySelector("img")?.getAttribute("alt")).toBe("map");
});
