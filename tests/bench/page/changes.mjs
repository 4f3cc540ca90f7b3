/** Fifty filter changes made through the page, the long tasks they cause, and what is left in memory. */
import { PHONE, quiet, WIDE, withPage } from "./chromium.mjs";
import { traced } from "./tasks.mjs";

/**
 * A change with a long task in it is made again: other work on the machine may have been why.
 * Not beside the map, where the drawing itself leaves no processor free and tasks wait every time.
 */
const KINDS = { phone: { device: PHONE, tries: 3 }, wide: { device: WIDE, tries: 1 } };
const WORDS = ["工资", "医院", "wages", "广东", "工伤"];
const MAPS = ["strikes", "calls", "accidents"];
const REGIONS = 'select[data-filter="region"]';
const INDUSTRIES = 'select[data-filter="industry"]';

/** `kind` is phone (no map is drawn) or wide; `url` a list of many cases, to which every other change returns. */
export function changes({ program, url, kind, count }) {
  const { device, tries } = KINDS[kind];
  return withPage(program, device, async (page) => {
    const settled = quiet(page, 300);
    await page.goto(url);
    await page.waitForSelector(`${REGIONS} option:nth-child(20)`, { state: "attached" });
    if (kind === "wide") await page.waitForSelector("section.map[data-in-view]");
    await settled();
    const before = { total: await total(page), heap: await heap(page) };
    const made = [];
    for (const [name, there, back] of (await planned(page)).slice(0, Math.ceil(count / 2))) {
      made.push({ name, ...(await measured(page, settled, [there, back], tries)) });
    }
    return { before, made, heap: await heap(page) };
  });
}

/** Makes a change and takes it back; where that took a long task, again, up to `most` times in all. */
async function measured(page, settled, acts, most) {
  const tries = [];
  const ways = [];
  const once = async () => {
    for (const act of acts) {
      const answered = await timed(page, act);
      await settled();
      ways.push({ ...answered, total: await total(page) });
    }
  };
  do {
    tries.push(await traced(page, once));
  } while (tries.length < most && tries[0].length > 0);
  // Asked again within a minute, the answers come from the browser's own store.
  return { ways: ways.slice(0, 2), tries };
}

/** What is changed, how, and how it is taken back. */
async function planned(page) {
  const [regions, industries] = [await values(page, REGIONS), await values(page, INDUSTRIES)];
  const chosen = (selector, value) => async () => {
    await panel(page);
    await page.locator(selector).first().selectOption(value);
  };
  const pressed = (selector) => async () => {
    await panel(page);
    await page.click(selector);
  };
  const keyword = (text) => async () => {
    await page.fill('input[name="q"]', text);
    await page.press('input[name="q"]', "Enter");
  };
  const map = (value) => pressed(`label:has(input[name="map"][value="${value}"])`);
  const span = (value) => pressed(`[data-span="${value}"]`);
  const round = (at) => [
    ["region", chosen(REGIONS, regions[at % regions.length]), chosen(REGIONS, "")],
    ["industry", chosen(INDUSTRIES, industries[at % industries.length]), chosen(INDUSTRIES, "")],
    ["keyword", keyword(WORDS[at % WORDS.length]), keyword("")],
    ["map", map(MAPS[at % MAPS.length]), map("all")],
    ["dates", span(at % 2 === 0 ? "year" : "half"), span("all")],
  ];
  return WORDS.flatMap((_, at) => round(at));
}

function values(page, selector) {
  return page.$$eval(`${selector}:first-of-type option:not(.none)`, (options) =>
    options.map((option) => option.value).filter((value) => value !== ""),
  );
}

/** On phones the filters stand in a panel that is opened first. */
async function panel(page) {
  const button = page.locator(".open-panel");
  if ((await button.isVisible()) && (await page.locator(".panel:popover-open").count()) === 0) {
    await button.click();
  }
}

/** Milliseconds from the reader's act until list and counts are there, and whether they were refused. */
async function timed(page, act) {
  const answered = ["/api/v1/cases", "/api/v1/filters"].map((path) =>
    page.waitForResponse((response) => new URL(response.url()).pathname === path),
  );
  const begun = performance.now();
  const [list, counts] = await Promise.all([...answered, act()]);
  await page.waitForSelector('[data-list][aria-busy="false"]', { state: "attached" });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  return { shown: performance.now() - begun, refused: !(list.ok() && counts.ok()) };
}

async function total(page) {
  return Number(await page.getAttribute("[data-list]", "data-total"));
}

/** Bytes of JavaScript's heap after everything that is garbage was collected. */
async function heap(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}
