import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, it } from "vitest";
import { useFirstFault } from "./useFirstFault";

function Form({ refused }: { refused: object | null }) {
  const form = useFirstFault<HTMLFormElement>(refused);
  return (
    <form ref={form}>
      <input id="name" />
      <input id="email" aria-invalid={refused !== null} />
      <input id="phone" aria-invalid={refused !== null} />
    </form>
  );
}

afterEach(() => document.body.replaceChildren());

it("WCAG 3.3.1: after a refused save the focus is in the first wrong field, again after another, and stays where it is meanwhile", async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const seen: string[] = [];
  Element.prototype.scrollIntoView = function () {
    seen.push(this.id);
  };
  const root = createRoot(document.body.appendChild(document.createElement("div")));
  const shows = (refused: object | null) => act(async () => root.render(<Form refused={refused} />));
  const focused = () => document.activeElement?.id;
  await shows(null);
  expect(focused()).toBe("");
  const first = {};
  await shows(first);
  expect(focused()).toBe("email");
  document.getElementById("name")?.focus();
  await shows(first);
  expect(focused()).toBe("name");
  await shows({});
  expect(focused()).toBe("email");
  expect(seen).toEqual(["email", "email"]);
  await act(async () => root.unmount());
});
