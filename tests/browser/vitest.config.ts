/** The browser tests: one site for all of them, one Chromium a file, one file after another. */
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../frontend/node_modules/", import.meta.url));

export default {
  root: fileURLToPath(new URL(".", import.meta.url)),
  resolve: {
    // The packages are the frontend's; there are none beside the tests.
    alias: [
      { find: /^(playwright-core|axe-core)$/, replacement: `${packages}$1` },
      { find: /^vitest$/, replacement: `${packages}vitest/dist/index.js` },
    ],
  },
  server: { fs: { strict: false } },
  test: {
    include: ["**/*.test.ts"],
    globalSetup: "./running.ts",
    // Software rendering of a map on a shared core is slow; nothing here asserts a time.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
};
