/** The licences of what is bundled, of what that holds in turn, and of nothing else. */
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { closure, licenceText, packageOf } from "./licences.ts";

const MODULES = resolve(import.meta.dirname, "../node_modules");

test("a module's package is found, a module of ours has none", () => {
  expect(packageOf(`${MODULES}/lit-html/directives/repeat.js`)).toBe(`${MODULES}/lit-html`);
  expect(packageOf(`\0${MODULES}/@mapbox/tiny-sdf/index.js?worker`)).toBe(
    `${MODULES}/@mapbox/tiny-sdf`,
  );
  expect(packageOf("/srv/frontend/src/main.ts")).toBeNull();
  expect(packageOf(`${MODULES}/.cache/made.json?url`)).toBeNull();
});

test("the map library brings the licences of what was built into it", () => {
  const packages = closure([`${MODULES}/maplibre-gl`, `${MODULES}/echarts`]);
  const text = licenceText(packages);
  for (const name of ["maplibre-gl", "earcut", "echarts", "zrender"]) {
    expect(text).toContain(`## ${name} `);
  }
  expect(text).toContain("Copyright (c) 2023, MapLibre contributors");
  expect(text).toContain("LICENSE-d3:");
  expect(text).not.toContain("## vite ");
});
