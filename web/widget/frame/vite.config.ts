import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/widget/",
  html: { cspNonce: "__NONCE__" },
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
