/** Gives the page its basemap: `virtual:basemap` is the address of a file made by build.ts. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { buildBasemap } from "./build.ts";

const NAME = "virtual:basemap";
const MADE = join(import.meta.dirname, "../node_modules/.cache/qiuzhu/basemap.json");

export function basemap(): Plugin {
  let made = false;
  return {
    name: "qiuzhu:basemap",
    resolveId(id) {
      if (id !== NAME) return null;
      if (!made) {
        mkdirSync(join(MADE, ".."), { recursive: true });
        writeFileSync(MADE, JSON.stringify(buildBasemap()));
        made = true;
      }
      // From here on an asset like any other: hashed, copied, its address the default export.
      return `${MADE}?url`;
    },
  };
}
