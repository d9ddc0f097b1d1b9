import { defineConfig } from "vitest/config";

/** What is loaded later has no style sheet and nothing to load before it: Vite's helper for that is 700 B too many. */
const bare = {
  name: "bare-import",
  enforce: "pre" as const,
  load: (id: string) =>
    id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : null,
};

export default defineConfig({
  base: "/widget/",
  html: { cspNonce: "__NONCE__" },
  plugins: [bare],
  // h() is smaller than the automatic runtime
  oxc: {
    jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" },
    jsxInject: 'import { h, Fragment } from "preact"',
  },
  css: { modules: { generateScopedName: "[hash:base64:4]" } },
  build: {
    outDir: "../../dist/widget",
    emptyOutDir: true,
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  test: { environment: "jsdom" },
});
