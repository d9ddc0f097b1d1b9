import { load, type Parley } from "./loader";

declare global {
  interface Window {
    Parley?: Parley;
  }
}

const script = document.currentScript as HTMLScriptElement | null;
if (script) {
  const early = window.Parley?.q;
  const begin = () => {
    const parley = load(new URL(script.src).origin, script.dataset);
    window.Parley = parley;
    for (const command of Array.from(early ?? [])) parley(...(Array.from(command) as [string]));
  };
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
}
