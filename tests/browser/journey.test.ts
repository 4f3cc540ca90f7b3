/** A visit that a person would make: from the open door to a spreadsheet and a link for a colleague. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open, PHONE } from "./chromium.ts";

const { address } = inject("site");
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const ids = (page: Page) =>
  page.$$eval("[data-list] article[data-case]", (rows) =>
    rows.map((row) => row.getAttribute("data-case")),
  );

async function settled(page: Page, query: string): Promise<number> {
  const { total } = await (await fetch(`${address}/api/v1/cases?${query}`)).json();
  await page.waitForSelector(`[data-list][data-total="${total}"][aria-busy=false]`, {
    state: "attached",
  });
  return total;
}

it("asks for what was chosen before the script was there", async () => {
  const { page, context } = await open(browser, { locale: "en" });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route(/\.js$/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(address, { waitUntil: "commit" });
  // In view or in a panel that is closed: that is a matter of the width.
  await page.selectOption("select[data-filter=region]", "440000", { force: true });
  release();
  await settled(page, "region=440000");
  expect(new URL(page.url()).searchParams.get("region")).toBe("440000");
  await context.close();
});

it("goes from the first look to an export and a copied link", async () => {
  const { page, context, origins, faults } = await open(browser, { locale: "zh-CN" });
  await page.goto(address);
  await page.waitForSelector("[data-list][data-total]");
  expect(await page.getAttribute("html", "lang")).toBe("zh-Hans");

  await page.click("a.language[lang=en]");
  await page.waitForSelector("html[lang=en] [data-list][data-total]");
  await page.waitForSelector("select[data-filter=region] option[value='440000']", {
    state: "attached",
  });
  await page.selectOption("select[data-filter=region]", "440000");
  await settled(page, "region=440000");
  await page.selectOption("select[data-filter=region] >> nth=1", "440300");
  await settled(page, "region=440300");
  await page.selectOption("select[data-filter=industry]", "manufacturing");
  await settled(page, "region=440300&industry=manufacturing");
  await page.click("[data-span=year]");
  const since = "2025-11-21";
  const total = await settled(page, `region=440300&industry=manufacturing&since=${since}`);
  expect(total).toBeGreaterThan(0);
  const sentence = await page.innerText("[data-sentence]");
  expect(sentence).toMatch(/Shenzhen/);
  expect(sentence).toMatch(/Manufacturing/i);
  const listed = await ids(page);

  const first = listed[0];
  await page.click(`article[data-case="${first}"] a`);
  await page.waitForSelector(`main.case article[data-case="${first}"]`);
  expect(new URL(page.url()).pathname).toBe(`/cases/${first}`);
  await page.goBack();
  await page.waitForSelector("[data-list][data-total]");
  expect(await ids(page)).toEqual(listed);

  await page.click("[data-tool=graphs]");
  const months = await (
    await fetch(
      `${address}/api/v1/cases/stats?region=440300&industry=manufacturing&since=${since}&by=month`,
    )
  ).json();
  const fullest = months.by.month.reduce((most: { count: number }, each: { count: number }) =>
    each.count > most.count ? each : most,
  );
  await clickBar(page, fullest.key);
  await page.waitForFunction(() => new URLSearchParams(location.search).get("until") !== null);
  const query = new URL(page.url()).searchParams;
  expect([query.get("since"), query.get("until")].map((day) => day?.slice(0, 7))).toEqual([
    fullest.key,
    fullest.key,
  ]);

  await page.click("[data-tool=list]");
  const narrowed = await settled(page, query.toString().replace(/&?lang=\w+/, ""));
  expect(narrowed).toBe(fullest.count);

  await page.click("[data-tool=export]");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click("dialog[open] [data-format=xls]"),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.xls$/);
  const file = await download.path();
  const rows = execFileSync(
    `${ROOT}.venv/bin/python`,
    [
      "-c",
      "import sys, xlrd; print(xlrd.open_workbook(sys.argv[1]).sheet_by_index(0).nrows - 1)",
      file,
    ],
    { encoding: "utf8" },
  );
  expect(Number(rows)).toBe(narrowed);
  await page.keyboard.press("Escape");

  const shown = await ids(page);
  const link = page.url();
  const other = await context.newPage();
  await other.goto(link);
  await other.waitForSelector("[data-list][data-total]");
  expect(await ids(other)).toEqual(shown);
  expect(await other.innerText("[data-sentence]")).toBe(await page.innerText("[data-sentence]"));
  expect([...origins]).toEqual([address]);
  expect(faults).toEqual([]);
});

/** Goes along the chart until what is read out is the month, and clicks there. */
async function clickBar(page: Page, month: string): Promise<void> {
  const figure = page.locator("figure.chart[data-chart=month]");
  const plot = figure.locator(".plot img");
  await plot.waitFor();
  await plot.scrollIntoViewIfNeeded();
  const said = (await figure.locator(`tr[data-key="${month}"] th`).textContent())?.trim() ?? "";
  const box = await plot.boundingBox();
  if (!box) throw new Error("the chart is not drawn");
  for (let x = box.x; x < box.x + box.width; x += 10) {
    await page.mouse.move(x, box.y + box.height / 2);
    if ((await figure.locator(".readout").textContent())?.includes(said)) {
      await page.mouse.click(x + 4, box.y + box.height / 2);
      return;
    }
  }
  throw new Error(`no bar for ${said}`);
}

it("comes back on a phone to where the reader was", async () => {
  const { page, faults } = await open(browser, { viewport: PHONE });
  await page.goto(`${address}/?lang=zh&since=all`);
  await page.waitForSelector("[data-list][data-total]");
  for (let pages = 2; pages <= 4; pages++) {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForFunction(
      (rows) => document.querySelectorAll("[data-list] article").length >= rows,
      pages * 50 - 49,
    );
  }
  const seen = await ids(page);
  expect(new Set(seen).size).toBe(seen.length);
  const target = seen[120];
  await page.locator(`article[data-case="${target}"]`).scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  const before = await page.evaluate(() => scrollY);
  await page.click(`article[data-case="${target}"] a`);
  await page.waitForSelector(`main.case article[data-case="${target}"]`);
  await page.waitForFunction(() => scrollY === 0);
  await page.goBack();
  await page.waitForFunction((y) => Math.abs(scrollY - y) < 3, before);
  // The same when the page was left altogether and everything has to be asked for again.
  await page.goto(`${address}/about?lang=zh`);
  await page.goBack();
  await page.waitForFunction((y) => Math.abs(scrollY - y) < 3, before);
  expect((await ids(page)).slice(0, 100)).toEqual(seen.slice(0, 100));
  await page.click("[data-show=map]");
  await page.waitForSelector("[data-map] canvas");
  await page.goBack();
  await page.waitForSelector("[data-list]", { state: "visible" });
  expect(faults).toEqual([]);
});

it("follows Back and Forward through every filter", async () => {
  const { page } = await open(browser);
  await page.goto(`${address}/?lang=en`);
  const steps = [
    "issue=wage_arrears",
    "issue=wage_arrears&q=pay",
    "issue=wage_arrears&q=pay&since=all",
  ];
  await settled(page, "");
  await page.goto(`${address}/?lang=en&${steps[0]}`);
  await settled(page, steps[0] ?? "");
  await page.fill("form.filters [name=q]", "pay");
  await page.keyboard.press("Enter");
  await settled(page, steps[1] ?? "");
  await page.click("[data-span=all]");
  await settled(page, steps[2] ?? "");
  await page.goBack();
  await settled(page, steps[1] ?? "");
  expect(await page.inputValue("form.filters [name=q]")).toBe("pay");
  await page.goBack();
  await settled(page, steps[0] ?? "");
  expect(await page.inputValue("form.filters [name=q]")).toBe("");
  await page.goForward();
  await page.goForward();
  await settled(page, steps[2] ?? "");
});
