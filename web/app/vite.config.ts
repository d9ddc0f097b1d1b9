import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** The server that `npm run dev` asks for everything under /api. */
const server = process.env.PARLEY_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  html: { cspNonce: "__NONCE__" },
  build: {
    outDir: "../dist/app",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": { target: server, ws: true } } },
  test: {
    environment: "jsdom",
    testTimeout: 60_000,
    isolate: false,
    pool: "threads",
    maxWorkers: 2,
    include: ["src/**/*.test.{ts,tsx}", "*.test.ts"],
  },
});
