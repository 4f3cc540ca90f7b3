/** What bad input and a bad server get: the rest of the page, and a line that says what is missing. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open } from "./chromium.ts";

const { address } = inject("site");

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it("opens with the rest of a broken address and names what it left out", async () => {
  const { page, faults } = await open(browser, { locale: "en-GB" });
  await page.goto(
    `${address}/?lang=en&region=999999&since=2026-02-30&issue=wage_arrears&foo=%3Cscript%3E`,
  );
  await page.waitForSelector("[data-list][data-total]");
  const expected = await (await fetch(`${address}/api/v1/cases?issue=wage_arrears`)).json();
  expect(await page.getAttribute("[data-list]", "data-total")).toBe(String(expected.total));
  const line = await page.innerText("[data-ignored]");
  expect(line).toMatch(/region/i);
  expect(line).toMatch(/since/i);
  expect(line).not.toContain("script");
  expect(faults).toEqual([]);
});

it("keeps the last answer when the server is away, says so quietly, and tries again when asked", async () => {
  const { page, context } = await open(browser, { locale: "en-GB" });
  await page.goto(`${address}/?lang=en`);
  await page.waitForSelector("[data-list][data-total]");
  const before = await page.getAttribute("[data-list]", "data-total");
  await context.setOffline(true);
  await page.click("[data-span=all]");
  await page.waitForSelector("[data-failure]");
  expect(await page.getAttribute("[data-list]", "data-total")).toBe(before);
  expect(await page.$$("article[data-case]")).not.toHaveLength(0);
  await context.setOffline(false);
  await page.click("[data-failure] button");
  const expected = await (await fetch(`${address}/api/v1/cases?since=all`)).json();
  await page.waitForSelector(`[data-list][data-total="${expected.total}"]`);
  await page.waitForSelector("[data-failure]", { state: "detached" });
});

it("says which filter to loosen when nothing is found", async () => {
  const { page } = await open(browser, { locale: "en-GB" });
  await page.goto(`${address}/?lang=en&q=zzzz-nothing&issue=wage_arrears`);
  await page.waitForSelector('[data-list][data-total="0"]');
  const offers = await page.$$eval(".empty a", (links) => links.map((link) => link.textContent));
  expect(offers).not.toHaveLength(0);
  await page.click(".empty a >> text=zzzz-nothing");
  await page.waitForSelector("article[data-case]");
  expect(new URL(page.url()).searchParams.has("q")).toBe(false);
});

it("cuts a pasted keyword of 20,000 characters and says so", async () => {
  const { page, faults } = await open(browser, { locale: "en-GB" });
  await page.goto(`${address}/?lang=en`);
  await page.waitForSelector("[data-list][data-total]");
  const long = "工资".repeat(10_000);
  await page.focus("form.filters [name=q]");
  await page.evaluate((text) => {
    const field = document.activeElement as HTMLInputElement;
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const paste = new ClipboardEvent("paste", {
      clipboardData: data,
      bubbles: true,
      cancelable: true,
    });
    if (field.dispatchEvent(paste)) document.execCommand("insertText", false, text);
  }, long);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => new URLSearchParams(location.search).has("q"));
  await page.waitForSelector("[data-ignored]");
  expect([...(await page.inputValue("form.filters [name=q]"))]).toHaveLength(200);
  expect(faults).toEqual([]);
  const answer = await page.goto(
    `${address}/?lang=en&q=${encodeURIComponent(long.slice(0, 3000))}`,
  );
  expect(answer?.status()).toBe(200);
  await page.waitForSelector("[data-ignored]");
});

it("opens a withdrawn case cold, and an unknown one", async () => {
  const { page } = await open(browser, { locale: "en-GB" });
  const { latest } = await (await fetch(`${address}/api/v1/cases/changes?since=0&limit=1`)).json();
  const kinds: Record<string, string> = {};
  for (let since = 0; since < latest; since += 1000) {
    const pageOf = await (
      await fetch(`${address}/api/v1/cases/changes?since=${since}&limit=1000`)
    ).json();
    for (const change of pageOf.changes) kinds[change.kind] ??= change.id;
  }
  const gone = await page.goto(`${address}/cases/${kinds.withdrawn}?lang=en`);
  expect(gone?.status()).toBe(410);
  await page.waitForSelector("main:not([hidden])");
  expect(await page.innerText("main:not([hidden])")).toMatch(/withdrawn/i);
  expect(await page.innerText("main:not([hidden])")).toContain(kinds.withdrawn);
  await page.goto(`${address}/cases/${kinds.merged}?lang=en`);
  expect(new URL(page.url()).pathname).not.toContain(kinds.merged);
  const unknown = await page.goto(`${address}/cases/0000000000000?lang=en`);
  expect(unknown?.status()).toBe(404);
});
