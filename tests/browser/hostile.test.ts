/** Hostile text in every field of a case is text: in the list, on its page, with and without scripts. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open } from "./chromium.ts";

const { address, hostile } = inject("site");

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it.each([true, false])("nothing runs and nothing is asked for (scripts: %s)", async (scripts) => {
  for (const lang of ["zh", "en"]) {
    const { page, context, origins, faults } = await open(browser, { scripts });
    await page.goto(`${address}/?lang=${lang}&q=hostile`);
    const listed = await page.$$eval("article[data-case]", (rows) =>
      rows.map((row) => row.getAttribute("data-case")),
    );
    expect(new Set(listed)).toEqual(new Set(hostile));
    for (const id of hostile) {
      await page.goto(`${address}/cases/${id}?lang=${lang}`);
      await page.waitForSelector(`article[data-case="${id}"]`);
      const text = await page.innerText("main:not([hidden])");
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/u);
      const document = await (await fetch(`${address}/api/v1/cases/${id}`)).json();
      const plain = document.title[lang].replace(/[\u202a-\u202e\u2066-\u2069\u200b]/gu, "");
      expect((await page.innerText("h1")).trim()).toBe(plain.trim());
      for (const link of await page.$$eval("a[href]", (links) =>
        links.map((each) => (each as HTMLAnchorElement).protocol),
      )) {
        expect(["http:", "https:"]).toContain(link);
      }
      if (scripts) expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    }
    expect([...origins]).toEqual([address]);
    expect(faults).toEqual([]);
    await context.close();
  }
});
