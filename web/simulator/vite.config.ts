import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/sim/",
  html: { cspNonce: "__NONCE__" },
  oxc: {
    jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" },
    jsxInject: 'import { h, Fragment } from "preact"',
  },
  build: {
    outDir: "../dist/sim",
    emptyOutDir: true,
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  test: { environment: "jsdom" },
});
