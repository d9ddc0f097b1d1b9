import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Address } from "./Address";

const shown = (of: string) => renderToStaticMarkup(createElement(Address, { of }));

test("CNV-09: a long address may break behind its marks, and is copied as it is", () => {
  expect(shown("marie@mail.example.com")).toBe("marie@<wbr/>mail.<wbr/>example.com");
  expect(shown("https://shop.example/a/?b=c")).toBe("https://<wbr/>shop.<wbr/>example/<wbr/>a/?<wbr/>b=c");
  expect(shown("+1 514 555 0134")).toBe("+1 514 555 0134");
  expect(shown("")).toBe("");
});
