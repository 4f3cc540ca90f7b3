/** Accessibility by axe-core: no violation on any view, in both languages, wide and narrow, light and dark. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launch, open, PHONE, WIDE } from "./chromium.ts";

const { address } = inject("site");
const packages = createRequire(new URL("../../frontend/package.json", import.meta.url));
const AXE = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let one: string;
beforeAll(async () => {
  browser = await launch();
  const list = await (await fetch(`${address}/api/v1/cases?replied=true&has_source=true`)).json();
  one = list.items[0].id;
});
afterAll(() => browser.close());

/** By the debugging protocol, which the page's content policy does not bind. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<unknown> } }).axe.run(),
  )) as AxeResults;
  return found.violations.flatMap((each) =>
    each.nodes.map((node) => `${each.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`),
  );
}

const views: Record<string, (page: Page, lang: string) => Promise<unknown>> = {
  list: async (page, lang) => {
    await page.goto(`${address}/?lang=${lang}`);
    await page.waitForSelector("article[data-case]");
  },
  map: async (page, lang) => {
    await page.goto(`${address}/?lang=${lang}&show=map`);
    await page.waitForSelector("[data-map] canvas");
    await page.waitForSelector("[data-placed]");
  },
  case: async (page, lang) => {
    await page.goto(`${address}/cases/${one}?lang=${lang}`);
    await page.waitForSelector("main.case article[data-case]");
  },
  graphs: async (page, lang) => {
    await page.goto(`${address}/graphs?lang=${lang}`);
    await page.waitForSelector("figure.chart .plot img");
  },
  advanced: async (page, lang) => {
    await page.goto(`${address}/?lang=${lang}`);
    await page.click("button[data-tool=advanced]");
  },
  export: async (page, lang) => {
    await page.goto(`${address}/?lang=${lang}`);
    await page.click("button[data-tool=export]");
    await page.waitForSelector("dialog[open]");
  },
  subscribe: async (page, lang) => {
    await page.goto(`${address}/?lang=${lang}`);
    await page.click("button[data-tool=subscribe]");
    await page.waitForSelector("dialog[open]");
  },
  empty: async (page, lang) => {
    await page.goto(`${address}/?lang=${lang}&q=zzzz-nothing`);
    await page.waitForSelector('[data-list][data-total="0"]');
  },
  about: (page, lang) => page.goto(`${address}/about?lang=${lang}`),
  privacy: (page, lang) => page.goto(`${address}/privacy?lang=${lang}`),
  alert: (page, lang) => page.goto(`${address}/alert?lang=${lang}`),
  unknown: (page, lang) => page.goto(`${address}/nothing?lang=${lang}`),
};

describe.each(["zh", "en"])("in %s", (lang) => {
  it.each(Object.keys(views))("%s", async (view) => {
    for (const kind of [{ viewport: WIDE }, { viewport: PHONE, dark: true }]) {
      const { page, context } = await open(browser, kind);
      await views[view]?.(page, lang);
      await page.waitForLoadState("networkidle");
      expect(await violations(page), `${view} ${lang} ${kind.viewport.width}`).toEqual([]);
      await context.close();
    }
  });
});
