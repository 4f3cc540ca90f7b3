/** The numbers on the map plus not placed, the list and the API agree for 50 random sets of filters. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open } from "./chromium.ts";

const { address } = inject("site");
const API = `${address}/api/v1`;
const SETS = 50;

interface Filter {
  readonly name: string;
  readonly type: string;
  readonly options: readonly { readonly code: string; readonly count: number | null }[] | null;
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** The same numbers in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const next = random(2026);
const one = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;

function choose(filters: readonly Filter[]): Record<string, string> {
  const chosen: Record<string, string> = {
    map: one(["calls", "strikes", "accidents", "all"]),
    since: one(["", "2025-11-21", "2020", "all", "2024-06"]),
  };
  const names = [
    "region",
    "industry",
    "issue",
    "action",
    "replied",
    "has_source",
    "platform",
    "ownership",
  ];
  for (const name of names) {
    if (next() > 0.25) continue;
    const options = filters.find((filter) => filter.name === name)?.options ?? [];
    const some = options.filter((option) => (option.count ?? 0) > 0);
    if (some.length > 0) chosen[name] = one(some).code;
  }
  if (next() < 0.2) chosen.q = one(["工资", "pay", "工", "Guangdong", "nothing-has-this"]);
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ""));
}

/** Drives the page as its own links do, without loading it anew. */
async function visit(page: Page, query: string): Promise<void> {
  await page.evaluate((href) => {
    const link = document.createElement("a");
    link.href = href;
    document.body.append(link);
    link.click();
    link.remove();
  }, `/?${query}`);
}

it("agrees", async () => {
  const { page, faults } = await open(browser);
  await page.goto(`${address}/?lang=zh`);
  await page.waitForSelector(".map[data-status=ready]");
  let matching = 0;
  for (let set = 0; set < SETS; set++) {
    const map = one(["calls", "strikes", "accidents", "all"]);
    const { filters } = await (
      await fetch(`${API}/filters?counts=true&since=all&map=${map}`)
    ).json();
    const query = new URLSearchParams({ ...choose(filters), map });
    await visit(page, `lang=zh&${query}`);
    const { total } = await (await fetch(`${API}/cases?${query}`)).json();
    const unplaced = (await (await fetch(`${API}/cases?${query}&placed=false`)).json()).total;
    matching += total;
    await page.waitForSelector(`[data-list][data-total="${total}"][aria-busy=false]`, {
      state: "attached",
    });
    // A region may have taken the map there: the whole country again.
    await page.click("[data-map-control=home]");
    const says = `.map[data-whole=true][data-total="${total}"][data-unplaced="${unplaced}"]`;
    await page
      .waitForSelector(`${says}[data-in-view="${total - unplaced}"]`)
      .catch(() => undefined);
    const shown = await page.$eval(".map", (element) => ({ ...(element as HTMLElement).dataset }));
    expect(shown, `${query}`).toMatchObject({
      whole: "true",
      total: String(total),
      unplaced: String(unplaced),
      inView: String(total - unplaced),
    });
    const rows = await page.$$("[data-list] article[data-case]");
    expect(rows.length).toBeGreaterThanOrEqual(Math.min(total, 50));
  }
  expect(matching).toBeGreaterThan(1000);
  expect(faults).toEqual([]);
}, 600_000);

it("agrees when the tiles that are as they were come last", async () => {
  const { page, context, faults } = await open(browser);
  const before = "map=all&since=all&region=650000";
  const after = `${before}&q=nothing-has-this`;
  let unchanged = 0;
  await context.route("**/cases/tiles/**", async (route) => {
    const url = route.request().url();
    const answer = await route.fetch();
    const body = await answer.body();
    if (new URL(url).searchParams.has("q")) {
      const earlier = await (await fetch(url.replace(/&q=[^&]*/, ""))).arrayBuffer();
      if (body.equals(Buffer.from(earlier))) {
        unchanged += 1;
        await new Promise((resolve) => setTimeout(resolve, 4000));
      }
    }
    await route.fulfill({ response: answer, body });
  });
  await page.goto(`${address}/?lang=zh&${before}`);
  await page.waitForSelector(".map[data-status=ready]");
  await page.click("[data-map-control=home]");
  const { total } = await (await fetch(`${API}/cases?${before}&placed=true`)).json();
  expect(total).toBeGreaterThan(0);
  await page.waitForSelector(`.map[data-whole=true][data-in-view="${total}"]`);
  await visit(page, `lang=zh&${after}`);
  await page.waitForSelector(".map[data-whole=true][data-total='0'][data-in-view='0']");
  expect(unchanged).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});
