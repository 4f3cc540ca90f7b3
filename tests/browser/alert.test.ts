/** Incident Alert in the page: sent, failed and sent again, its receipt, and how little is left behind. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launch, open, PHONE, type Watched, WIDE } from "./chromium.ts";

const { address } = inject("site");
const packages = createRequire(new URL("../../frontend/package.json", import.meta.url));
const AXE = readFileSync(packages.resolve("axe-core/axe.min.js"), "utf8");
const WINDOW = 'dialog[data-dialog="alert"]';
const RECEIPT = /^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/;
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function ready(lang = "zh", viewport = PHONE, dark = false): Promise<Watched> {
  const watched = await open(browser, {
    viewport,
    dark,
    locale: lang === "zh" ? "zh-CN" : "en-GB",
  });
  await watched.page.goto(`${address}/?lang=${lang}`);
  await watched.page.waitForSelector(WINDOW, { state: "attached" });
  return watched;
}

async function written(page: Page): Promise<void> {
  await page.click("#nav a.report");
  await page.check("input[name=kind][value=wage_arrears]");
  await page.fill("#alert-story", "工地拖欠三个月工资。周师傅的电话是19900001234。");
  await page.click("[data-alert=check]");
  await page.waitForSelector("[data-alert=preview]");
}

const code = async (page: Page) =>
  (await page.textContent("[data-alert=code]", { timeout: 60_000 })) ?? "";

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<unknown> } }).axe.run(),
  )) as AxeResults;
  return found.violations.flatMap((each) =>
    each.nodes.map((node) => `${each.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)}`),
  );
}

/** What of the window is too small for a thumb. */
function small(page: Page): Promise<string[]> {
  return page.$$eval(
    `${WINDOW} :is(button, select, textarea, summary, label.tick, label.button, dl a, input:not([type=checkbox], [type=file]))`,
    (all) =>
      all
        .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44)
        .map((one) => one.outerHTML.slice(0, 120)),
  );
}

/** What a finished visit leaves in the browser. */
function left(page: Page): Promise<unknown> {
  return page.evaluate(async () => ({
    address: location.pathname,
    title: document.title,
    history: history.length,
    kept: [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length],
    caches: (await caches.keys()).length,
  }));
}

describe.each(["zh", "en"])("in %s", (lang) => {
  it.each([
    ["phone", PHONE, false],
    ["desk", WIDE, true],
  ] as const)("is accessible on every screen, on a %s", async (_, viewport, dark) => {
    const { page, context, faults } = await ready(lang, viewport, dark);
    const looked = async () => {
      expect(await violations(page)).toEqual([]);
      expect(await small(page)).toEqual([]);
      expect(await page.$eval(WINDOW, (shown) => shown.scrollWidth <= shown.clientWidth)).toBe(
        true,
      );
    };
    await page.click("#nav a.report");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("dialog-alert");
    await page.click("[data-alert=check]");
    await page.waitForSelector("[aria-invalid]");
    await page.fill("#alert-email", "nobody@qq.com");
    await page.waitForSelector("#alert-email_anyway");
    await looked();
    await page.fill("#alert-email", "");
    await page.click(`${WINDOW} .close`);
    await written(page);
    await looked();
    await page.click("[data-alert=send]");
    await code(page);
    await looked();
    await page.click("[data-alert=state]");
    await page.waitForSelector("[data-state=received]");
    await looked();
    expect(faults).toEqual([]);
    await context.close();
  });
});

it("is sent with a picture, seen by its receipt, added to and withdrawn", async () => {
  const { page, origins, faults } = await ready();
  await written(page);
  expect(await page.$$eval("mark", (marks) => marks.map((mark) => mark.className))).toEqual([
    "name",
    "phone",
  ]);
  await page.setInputFiles("input[name=files]", [
    { name: "1.png", mimeType: "image/png", buffer: PNG },
    { name: "2.gif", mimeType: "image/gif", buffer: Buffer.from("GIF89a") },
  ]);
  expect(await page.$$(".files li")).toHaveLength(1);
  await page.click("[data-alert=send]");
  const receipt = await code(page);
  expect(receipt).toMatch(RECEIPT);
  await page.reload();
  await page.waitForSelector(WINDOW, { state: "attached" });
  await page.click("#nav a.report");
  expect(await page.inputValue("#alert-story")).toBe("");
  await page.click("[data-alert=ask]");
  await page.fill("#alert-receipt", "0000-0000-0000-0000-0000-0000");
  await page.click("[data-alert=show]");
  await page.waitForSelector("[data-asked=unknown]");
  await page.fill("#alert-receipt", receipt.toLowerCase());
  await page.click("[data-alert=show]");
  await page.waitForSelector("[data-state=received]");
  await page.fill("#alert-text", "补充的话");
  await page.click("[data-alert=add]");
  await page.waitForSelector("[data-asked=added]");
  await page.click("[data-alert=withdraw]");
  await page.click("[data-alert=withdraw]");
  await page.waitForSelector("[data-asked=withdrawn]");
  await page.click("[data-alert=show]");
  await page.waitForSelector("[data-state=withdrawn]");
  expect([...origins]).toEqual([address]);
  expect(faults).toEqual([]);
});

it("keeps the text while the server is away, and is taken once however often it is sent", async () => {
  const { page, context } = await ready();
  await written(page);
  await context.setOffline(true);
  await page.click("[data-alert=send]");
  await page.waitForSelector("[data-trouble=away]");
  await context.setOffline(false);
  const keys: (string | null)[] = [];
  let first = "";
  await page.route("**/api/v1/alerts", async (route) => {
    keys.push(await route.request().headerValue("idempotency-key"));
    if (keys.length > 1) return route.continue();
    // The alert arrives, the answer does not.
    const answer = await route.fetch();
    first = (await answer.json()).receipt;
    return route.abort();
  });
  await page.click("[data-alert=send]");
  await page.waitForFunction(() => document.querySelector("[data-alert=send]"));
  await page.waitForSelector("[data-trouble=away]");
  expect(await page.textContent("[data-alert=preview]")).toContain("工地拖欠三个月工资");
  await page.click("[data-alert=send]");
  expect(await code(page)).toBe(first);
  expect(first).toMatch(RECEIPT);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

it("opens without a request, and leaves no trace when it is closed", async () => {
  const { page, context } = await ready("en");
  // Where there is no map, which would still be asking for its tiles.
  await page.waitForLoadState("networkidle");
  const before = await left(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.click("#nav a.report");
  await page.fill("#alert-story", "typed");
  await page.keyboard.press("Escape");
  await page.waitForSelector(`${WINDOW}:not([open])`, { state: "attached" });
  expect(await page.evaluate(() => document.activeElement?.className)).toBe("report");
  await page.click("#nav a.report");
  expect(await page.inputValue("#alert-story")).toBe("typed");
  expect(
    await page.$$eval(`${WINDOW} :is(input, select, textarea):not([type=file])`, (all) =>
      all.every((one) => one.getAttribute("autocomplete") === "off"),
    ),
  ).toBe(true);
  await page.click("[data-alert=clear]");
  await page.click("[data-alert=clear]");
  expect(await page.inputValue("#alert-story")).toBe("");
  expect(asked).toEqual([]);
  expect(await left(page)).toEqual(before);
  expect(await context.cookies()).toEqual([]);
});

it.each(["button", "Esc twice"])("leaves at once by %s", async (way) => {
  const { page, context } = await ready("zh");
  let at = 0;
  await context.route("https://www.baidu.com/", (route) => {
    at = Date.now();
    return route.fulfill({ body: "<title>elsewhere</title>", contentType: "text/html" });
  });
  const before = await page.evaluate(() => history.length);
  await page.click("#nav a.report");
  await page.fill("#alert-story", "typed");
  let pressed = 0;
  page.on("console", (message) => {
    pressed ||= Number(message.text());
  });
  await page.evaluate(() => {
    for (const kind of ["click", "keydown"]) {
      // biome-ignore lint/suspicious/noConsole: how the test hears of the press
      addEventListener(kind, () => console.info(Date.now()), { capture: true });
    }
  });
  if (way === "button") await page.click("[data-exit]");
  else {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
  }
  await page.waitForURL("https://www.baidu.com/");
  // 300 ms is the aim; a shared core may be busy with something else.
  expect(at - pressed).toBeLessThan(3000);
  expect(await page.title()).toBe("elsewhere");
  expect(await page.evaluate(() => history.length)).toBe(before);
  process.stdout.write(`leaving by ${way}: ${at - pressed} ms\n`);
});
