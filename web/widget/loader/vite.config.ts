import { defineConfig } from "vitest/config";

/** One classic script, because `async` classic scripts know their own element. */
export default defineConfig({
  build: {
    outDir: "../../dist",
    emptyOutDir: false,
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    lib: { entry: "src/main.ts", name: "ParleyLoader", formats: ["iife"], fileName: () => "w.js" },
  },
  test: { environment: "jsdom" },
});
