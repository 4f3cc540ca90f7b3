/** Without scripts: the list, a filter and a case read, at the same addresses. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launch, open, PHONE, type Watched } from "./chromium.ts";

const { address } = inject("site");
const API = `${address}/api/v1`;

describe.each(["zh", "en"])("without scripts, in %s", (lang) => {
  let browser: Browser;
  let watched: Watched;

  beforeAll(async () => {
    browser = await launch();
    watched = await open(browser, { scripts: false, viewport: PHONE });
  });
  afterAll(() => browser.close());

  it("lists what the API lists, filters by the form, and opens a case", async () => {
    const { page, origins, faults } = watched;
    await page.goto(`${address}/?lang=${lang}`);
    const all = await (await fetch(`${API}/cases`)).json();
    expect(await page.getAttribute("[data-list]", "data-total")).toBe(String(all.total));
    const shown = await page.$$eval("article[data-case]", (rows) =>
      rows.map((row) => row.getAttribute("data-case")),
    );
    expect(shown).toEqual(all.items.map((item: { id: string }) => item.id));
    const days = await page.$$eval("article[data-case]", (rows) =>
      rows.map((row) => row.querySelector("time[datetime]")?.getAttribute("datetime")),
    );
    const cut = { year: 4, month: 7, day: 10 } as const;
    expect(days).toEqual(
      all.items.map(({ date }: { date: { value: string; precision: keyof typeof cut } }) =>
        date.value.slice(0, cut[date.precision]),
      ),
    );

    await page.fill("form.filters [name=q]", "工资");
    // On a phone all but the keyword is in a panel, which opens without scripts too.
    await page.click("form.filters .open-panel");
    await page.selectOption("form.filters [name=region]", "440000");
    await page.click("form.filters [type=submit]");
    const some = await (
      await fetch(`${API}/cases?region=440000&q=${encodeURIComponent("工资")}`)
    ).json();
    expect(some.total).toBeGreaterThan(0);
    expect(some.total).toBeLessThan(all.total);
    expect(await page.getAttribute("[data-list]", "data-total")).toBe(String(some.total));
    expect(new URL(page.url()).searchParams.get("region")).toBe("440000");
    expect(new URL(page.url()).searchParams.get("lang")).toBe(lang);

    const first = some.items[0];
    await page.click(`article[data-case="${first.id}"] a`);
    expect(new URL(page.url()).pathname).toBe(`/cases/${first.id}`);
    expect(await page.textContent("h1")).toContain(
      first.title[lang] ?? first.title.zh ?? first.title.en,
    );
    expect(await page.getAttribute("html", "lang")).toBe(lang === "zh" ? "zh-Hans" : "en");
    expect([...origins]).toEqual([address]);
    expect(faults).toEqual([]);
  });

  it("reads the next page of the list", async () => {
    const { page } = watched;
    await page.goto(`${address}/?lang=${lang}&since=all`);
    const first = await page.getAttribute("article[data-case]", "data-case");
    await page.click(".more a");
    const next = await page.getAttribute("article[data-case]", "data-case");
    expect(next).not.toBe(first);
    const all = await (await fetch(`${API}/cases?since=all&limit=51`)).json();
    expect(next).toBe(all.items[50].id);
  });
});
