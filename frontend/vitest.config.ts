/** Unit tests of the page's modules; the whole page in a browser is tests/browser/. */
import { defineConfig, mergeConfig } from "vitest/config";
import page from "./vite.config.ts";

export default mergeConfig(
  page,
  defineConfig({
    test: {
      environment: "node",
      include: ["src/**/*.test.ts", "build/**/*.test.ts", "basemap/**/*.test.ts"],
      // A test that passes by asserting nothing passes for no reason.
      expect: { requireAssertions: true },
    },
  }),
);
