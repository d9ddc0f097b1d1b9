import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { launch, picture, violations } from "./browser";
import { Server } from "./server";

/** Stage is what every walk stands on: the server and the browser. */
export interface Stage {
  server: Server;
  browser: Browser;
}

/** stage starts both before a file's walks, and ends them after. */
export function stage(): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    [stage.server, stage.browser] = await Promise.all([Server.start(), launch()]);
  });
  afterAll(async () => {
    await stage.browser?.close();
    await stage.server?.stop();
  });
  return stage;
}

/** look holds a state of a page against axe, and keeps its picture. Source: UX-67. */
export async function look(page: Page, name: string): Promise<void> {
  expect.soft(await violations(page), `axe on ${name}`).toEqual([]);
  await picture(page, name);
}
