/** The whole visit by keyboard alone: nothing is clicked, and the focus is always somewhere visible. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open } from "./chromium.ts";

const { address } = inject("site");
const MOST_TABS = 250;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Presses Tab until the focus is on what `selector` names; the focus may never be lost on the way. */
async function tabTo(
  page: Page,
  selector: string,
  key: "Tab" | "Shift+Tab" = "Tab",
): Promise<void> {
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    const there = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) ?? false,
      selector,
    );
    if (there) {
      expect(await visible(page), `${selector} has no visible focus`).toBe(true);
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

/** Whether the focused element, or the row that it fills, is outlined and on the screen. */
function visible(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement)) return false;
    const outlined = [focused, focused.closest("article")].some(
      (element) => element !== null && getComputedStyle(element).outlineStyle !== "none",
    );
    const { top, bottom } = focused.getBoundingClientRect();
    return outlined && bottom > 0 && top < innerHeight;
  });
}

it("reads, filters, looks at the map and the graphs, and exports", async () => {
  const { page, faults } = await open(browser, { locale: "en-GB" });
  await page.goto(`${address}/?lang=en`);
  await page.waitForSelector(".map[data-status=ready]");
  await page.waitForSelector("select[data-filter=region] option[value='440000']", {
    state: "attached",
  });

  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
  await tabTo(page, "form.filters [name=q]");
  await page.keyboard.type("pay");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => new URLSearchParams(location.search).get("q") === "pay");
  await tabTo(page, "[data-span=year]");
  await page.keyboard.press("Space");
  await page.waitForFunction(() => new URLSearchParams(location.search).has("since"));

  await tabTo(page, "[role=combobox]");
  await page.keyboard.type("shenzhen");
  await page.waitForSelector("[role=listbox] [role=option]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => new URLSearchParams(location.search).get("region") === "440300");
  await page.waitForSelector("[data-list][aria-busy=false]");

  await tabTo(page, "a.part[data-part=q]");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !new URLSearchParams(location.search).has("q"));
  await page.waitForSelector("[data-list][aria-busy=false] article");

  await tabTo(page, "article[data-case] a");
  const id = await page.evaluate(() =>
    document.activeElement?.closest("article")?.getAttribute("data-case"),
  );
  await page.keyboard.press("Enter");
  await page.waitForSelector(`main.case article[data-case="${id}"]`);
  expect(await page.evaluate(() => document.activeElement?.matches("main.case"))).toBe(true);
  await tabTo(page, "main.case .back :is(a, button)");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-list]", { state: "visible" });
  const back = await page.evaluate(() =>
    document.activeElement?.closest("article")?.getAttribute("data-case"),
  );
  expect(back).toBe(id);

  await tabTo(page, ".map-places summary");
  await page.keyboard.press("Enter");
  await tabTo(page, ".map-places button");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".map-chosen");
  await tabTo(page, "a[data-only], .map-chosen button", "Shift+Tab");

  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await tabTo(page, "[data-tool=advanced]");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]");
  expect(await page.evaluate(() => document.activeElement?.closest("dialog") !== null)).toBe(true);
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-tool"))).toBe(
    "advanced",
  );

  await tabTo(page, "[data-tool=export]");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]");
  await tabTo(page, "dialog[open] [data-format=xls]");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.keyboard.press("Enter"),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.xls$/);
  await page.keyboard.press("Escape");

  await tabTo(page, "[data-tool=graphs]");
  await page.keyboard.press("Enter");
  await page.waitForSelector("figure.chart");
  await tabTo(page, "figure.chart summary");
  await page.keyboard.press("Enter");
  await tabTo(page, "figure.chart tr[data-key] a");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => new URLSearchParams(location.search).has("until"));
  expect(faults).toEqual([]);
});
