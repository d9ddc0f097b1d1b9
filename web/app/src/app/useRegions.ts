import { useActions } from "../parts/actions";

/** regions lists the page's landmarks in their order, as far as they are shown. */
function regions(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-region]")].filter((e) => e.offsetParent !== null);
}

function move(by: 1 | -1) {
  const all = regions();
  if (all.length === 0) return;
  const here = all.findIndex((r) => r.contains(document.activeElement));
  const next = all[(here + by + all.length) % all.length]!;
  if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus();
}

/** useRegions moves the focus from region to region with F6. */
export function useRegions() {
  useActions([
    { id: "regionNext", label: "", run: () => move(1), hidden: true },
    { id: "regionPrevious", label: "", run: () => move(-1), hidden: true },
  ]);
}
