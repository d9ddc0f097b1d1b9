import { defineConfig } from "vitest/config";

/**
 * The walks run the real binary and a real browser, two at a time. The
 * timeouts only end a walk that hangs; no walk asserts how long a thing takes.
 */
export default defineConfig({
  test: {
    include: ["src/**/*.walk.ts"],
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    reporters: ["verbose"],
  },
});
