import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/demo/",
  html: { cspNonce: "__NONCE__" },
  build: {
    outDir: "../../dist/demo",
    emptyOutDir: true,
    target: "es2022",
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: { input: ["index.html", "shop.html"] },
  },
});
