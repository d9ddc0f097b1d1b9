/** The page's two live regions. The shell puts them into the page. */
export const regionIds = { assertive: "say-now", polite: "say-soon" } as const;

/** How often the polite region speaks at most. Unit: milliseconds. */
const pause = 3_000;

let waiting: string[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

function put(id: string, text: string) {
  const region = document.getElementById(id);
  if (!region) return;
  const line = document.createElement("p");
  line.textContent = text;
  region.replaceChildren(line);
}

/** sayNow interrupts a screen reader: offers, a lost connection, a failed send. */
export function sayNow(text: string) {
  put(regionIds.assertive, text);
}

/** saySoon waits its turn; what comes close together is said together. */
export function saySoon(text: string) {
  if (!waiting.includes(text)) waiting.push(text);
  if (timer !== undefined) return;
  put(regionIds.polite, waiting.join(" "));
  waiting = [];
  timer = setTimeout(() => {
    timer = undefined;
    if (waiting.length > 0) saySoon(waiting.pop()!);
  }, pause);
}
