/** The console's frame in Chromium: by keyboard alone, a session that ends, every room of it accessible. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, open, PHONE, WIDE } from "./chromium.ts";
import { code, Desk, violations } from "./desk.ts";

let browser: Browser;
let desk: Desk;
beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), Desk.start()]);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const focused = (page: Page) =>
  page.evaluate(() => {
    const { dataset, tagName } = document.activeElement as HTMLElement;
    return dataset.row ?? tagName;
  });

/** How wide the ring around what has the keyboard is, in pixels. */
const ring = (page: Page) =>
  page.evaluate(() => {
    const style = getComputedStyle(document.activeElement as Element);
    return style.outlineStyle === "solid" ? Number.parseFloat(style.outlineWidth) : 0;
  });

it("an alert is found, read, taken and turned down by keyboard alone", async () => {
  const { page, context, faults } = await open(browser, { locale: "en-GB" });
  const { keyboard } = page;
  await desk.tell("alert");
  await page.goto(`${desk.site.desk}/?lang=en`);
  await page.waitForSelector("input[name=name]:focus");
  expect(await violations(page)).toEqual([]);
  const { password, secret } = desk.site.people.wu;
  for (const text of ["wu", "not the password at all", "000000"]) {
    await keyboard.type(text);
    await keyboard.press(text === "000000" ? "Enter" : "Tab");
  }
  await page.waitForSelector("[data-refused=wrong-login]");
  // The code is spent, the name stays.
  await page.waitForSelector("input[name=code]:focus");
  await keyboard.press("Shift+Tab");
  await keyboard.type(password);
  await keyboard.press("Tab");
  await keyboard.type(code(secret));
  await keyboard.press("Enter");
  await page.waitForSelector("main[data-room=alerts] [data-row]");
  expect(new URL(page.url()).pathname).toBe("/alerts");
  faults.length = 0;

  await keyboard.press("j");
  const row = await focused(page);
  expect(row).toMatch(/^[0-9A-Z]{13}$/);
  expect(await ring(page)).toBeGreaterThanOrEqual(2);
  await keyboard.press("Enter");
  await page.waitForSelector(`[data-alert="${row}"]`);
  expect(await focused(page)).toBe("H1");
  await keyboard.press("t");
  await page.waitForSelector("[data-act=drop]");
  for (let steps = 0; steps < 30; steps++) {
    await keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.getAttribute("name"))) === "state")
      break;
    expect(await ring(page)).toBeGreaterThanOrEqual(2);
  }
  await keyboard.press("ArrowRight");
  await keyboard.press("ArrowRight");
  await keyboard.press("Tab");
  await keyboard.type("too");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await page.waitForSelector("[data-said=done]");
  expect(await page.textContent(".facts")).toMatch(/rejected\s+too little/);
  await keyboard.press("u");
  await page.waitForSelector("main[data-room=alerts] .count");

  await keyboard.press("?");
  await page.waitForSelector("dialog[data-dialog=help][open]");
  expect(await violations(page)).toEqual([]);
  await keyboard.press("Escape");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  await keyboard.press("7");
  await page.waitForSelector("main[data-room=audit] tbody tr");
  await keyboard.press("/");
  await keyboard.type(row);
  await keyboard.press("Enter");
  await page.waitForFunction((id) => {
    const acts = [...document.querySelectorAll("tbody tr")].map((each) => each.textContent ?? "");
    return acts.length === 3 && acts.every((act) => act.includes(id));
  }, row);
  expect(faults).toEqual([]);
  await context.close();
});

it("a session that ends covers the page; whoever leaves leaves nothing behind", async () => {
  const { page, context } = await desk.enter(browser, "sun", "zh");
  const cookies = await context.cookies();
  await context.clearCookies();
  await page.keyboard.press("1");
  await page.waitForSelector("form[data-form=login] input[name=name]:focus");
  expect(await page.$$("nav, table, [data-row]")).toEqual([]);
  expect(await page.textContent("form")).toContain("登录已结束");
  await context.addCookies(cookies);
  await page.reload();
  await page.waitForSelector("main [data-row]");
  await page.click("[data-logout]");
  await page.waitForSelector("form[data-form=login]");
  await page.goBack();
  await page.waitForSelector("form[data-form=login]");
  const kept = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
    document.cookie,
  ]);
  expect(kept).toEqual([0, 0, 0, 0, ""]);
  expect((await context.cookies()).map(({ name }) => name)).not.toContain("__Host-qiuzhu");
  await context.close();
});

describe.each(["zh", "en"] as const)("in %s", (lang) => {
  it("every room of the frame is accessible, wide and narrow, light and dark", async () => {
    for (const kind of [{ viewport: WIDE }, { viewport: PHONE, dark: true }]) {
      const { page, context, faults } = await desk.enter(browser, "zhao", lang, kind);
      for (const room of ["alerts", "requests", "audit", "tokens"]) {
        await page.goto(`${desk.site.desk}/${room}?lang=${lang}`);
        await page.waitForSelector(`main[data-room=${room}] h1`);
        await page.waitForLoadState("networkidle");
        expect(await violations(page), room).toEqual([]);
        const sized = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
        expect(sized, room).toBe(true);
      }
      expect(faults).toEqual([]);
      await context.close();
    }
  });
});
