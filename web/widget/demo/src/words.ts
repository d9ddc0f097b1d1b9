import en from "./en.json";
import fr from "./fr-CA.json";

export type Key = keyof typeof en;
export type Language = "en" | "fr-CA";
const changed = new Set<() => void>();

/** chosen returns the language of the page's address: /demo/shop#fr, else the browser's. */
export function chosen(): Language {
  const wish =
    location.hash === "#fr" || location.hash === "#en"
      ? location.hash.slice(1)
      : localStorage.getItem("demo.language");
  return (wish ?? navigator.language).startsWith("fr") ? "fr-CA" : "en";
}

let current = chosen();
export const language = (): Language => current;

/** t returns a text in the page's language. */
export function t(key: Key, name = ""): string {
  const texts: Record<Key, string> = current === "en" ? en : fr;
  return texts[key].replace("{name}", name);
}

/** speak changes the language and redraws. */
export function speak(to: Language): void {
  current = to;
  localStorage.setItem("demo.language", to);
  draw();
}

/** onSpeak calls `redraw` now and whenever the language changes. */
export function onSpeak(redraw: () => void): void {
  changed.add(redraw);
  redraw();
}

function draw(): void {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) {
    element.textContent = t(element.dataset.t as Key, element.dataset.name);
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-t-label]")) {
    element.ariaLabel = t(element.dataset.tLabel as Key);
  }
  const button = document.getElementById("language");
  if (button) {
    button.textContent = current === "en" ? "Français" : "English";
    button.lang = current === "en" ? "fr-CA" : "en";
  }
  for (const redraw of changed) redraw();
}

document
  .getElementById("language")
  ?.addEventListener("click", () => speak(current === "en" ? "fr-CA" : "en"));
window.addEventListener("hashchange", () => speak(chosen()));
draw();
