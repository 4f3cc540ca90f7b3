/** A case found, edited and corrected by keyboard alone; the focus is always somewhere visible. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch } from "./chromium.ts";
import { Desk, tabTo } from "./desk.ts";

let browser: Browser;
let desk: Desk;
beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), Desk.start()]);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

it("finds, edits, masks, saves, corrects and goes back", async () => {
  const zhao = await desk.enter(browser, "zhao", "en");
  const { page, faults } = zhao;
  const { keyboard } = page;
  await keyboard.press("/");
  await keyboard.type("快递");
  await keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("main [data-row]").length === 1);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await keyboard.press("j");
  await keyboard.press("Enter");
  await page.waitForSelector("article.editor");
  expect(await page.evaluate(() => document.activeElement?.matches("main h1"))).toBe(true);

  await tabTo(page, "#case-text-en");
  await keyboard.press("End");
  await keyboard.type(" Call 19900001234.");
  await page.waitForSelector("[data-mask='text.en']");
  await tabTo(page, "[data-mask='text.en']");
  await keyboard.press("Enter");
  await page.waitForSelector("[data-mask='text.en']", { state: "detached" });
  expect(await page.inputValue("#case-text-en")).toContain("Call ■■■■■■■■■■■.");

  await tabTo(page, "[data-place=case]");
  await keyboard.type("shenzhen");
  await page.waitForSelector("#places-case [role=option]");
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await page.waitForFunction(() =>
    document.querySelector("[data-place-now]")?.textContent?.includes("Shenzhen"),
  );
  await tabTo(page, "[data-many=issues] summary");
  await keyboard.press("Enter");
  await tabTo(page, "[data-many=issues] input:not(:checked)");
  await keyboard.press("Space");
  await tabTo(page, "[data-add=source]");
  await keyboard.press("Enter");
  await tabTo(page, "[data-source='1'] [name=url]", "Shift+Tab");
  await keyboard.type("https://example.org/found");
  await keyboard.press("Control+s");
  await page.waitForSelector("[data-said=done]");
  await page.waitForSelector("[data-unsaved]", { state: "detached" });

  await tabTo(page, "[data-act=publish]", "Shift+Tab");
  await keyboard.press("Enter");
  await page.waitForSelector("dialog[open]");
  await tabTo(page, "dialog[open] [name=en]");
  await keyboard.type("The place was wrong");
  await tabTo(page, "dialog[open] [data-do]");
  await keyboard.press("Enter");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  await page.waitForSelector("[data-part=history] li:nth-child(2)");
  await page.waitForFunction(() => document.activeElement?.matches("main h1"));

  await tabTo(page, "[data-back]");
  await keyboard.press("Enter");
  await page.waitForSelector("main [data-row]");
  await keyboard.press("?");
  await page.waitForSelector("dialog[open] .keys");
  await keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  await keyboard.press("3");
  await page.waitForSelector("[data-inquiry] button");
  await tabTo(page, "[data-inquiry] button");
  await keyboard.press("Enter");
  await page.waitForSelector("[data-said=done]");
  await keyboard.press("4");
  await page.waitForSelector("[data-term]");
  await tabTo(page, "[data-term]");
  await keyboard.type("Working");
  await tabTo(page, "[data-map]:not(:disabled)");
  await keyboard.press("Enter");
  await page.waitForSelector("[data-mapping]");
  expect(faults).toEqual([]);
  await zhao.context.close();
});
