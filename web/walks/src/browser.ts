import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Frame, type Page } from "playwright-core";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Where pictures go: into the documentation when they are to be renewed, else nowhere that is kept. */
const screens = process.env.PARLEY_SCREENS ? resolve("../../docs/screens") : join(tmpdir(), "parley-screens");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const wide = { width: 1280, height: 800 };
export const narrow = { width: 390, height: 800 };

/** browsers are the programs a walk runs in, the first that is here: Chromium without a window takes a quarter less time. */
const browsers = ["chromium-headless-shell", "chromium", "google-chrome"].map((name) => `/usr/bin/${name}`);

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.PARLEY_CHROMIUM ?? browsers.find(existsSync),
    args: flags,
  });
}

/** Tab is a page of a person of its own, and what went wrong on it. */
export interface Tab {
  page: Page;
  /** Exceptions, and refusals of the content security policy. */
  faults: string[];
}

/**
 * openTab opens a page with cookies and storage of its own. It stays in front when it opens another, as a CRM's
 * record or log: a page behind another gets one frame a second, and every click waits for two.
 */
export async function openTab(browser: Browser, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({
    viewport: wide,
    locale: "en-CA",
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  context.on("page", () => void page.bringToFront().catch(() => {}));
  return watch(page);
}

/** watch collects a page's faults. */
export function watch(page: Page): Tab {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (line) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(line.text())) faults.push(line.text());
  });
  return { page, faults };
}

/** violations returns what axe finds on a page and in its frames; none is what we want. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const frame of page.frames())
    if (!frame.isDetached() && (await shown(frame))) found.push(...(await check(frame)));
  return found;
}

/** shown reports whether a frame has a size; axe cannot judge what is not drawn. */
async function shown(frame: Frame): Promise<boolean> {
  return frame.evaluate(() => innerWidth > 0 && innerHeight > 0);
}

async function check(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe);
  const result: AxeResults = await frame.evaluate(() =>
    // biome-ignore lint/suspicious/noExplicitAny: axe has just put itself there
    (window as any).axe.run(document, { iframes: false, resultTypes: ["violations"] }),
  );
  return result.violations.flatMap((v) =>
    v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`),
  );
}

/** picture keeps what a page looks like. */
export async function picture(page: Page, name: string): Promise<void> {
  const path = join(screens, `${name}.png`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}

/** until returns what `ask` returns once it is true; a walk that waits in vain ends by its own limit. */
export async function until<T>(ask: () => Promise<T | false | null | undefined | 0 | "">): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((done) => setTimeout(done, 50));
  }
}
