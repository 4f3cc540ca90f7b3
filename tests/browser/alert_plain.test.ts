/**
 * Incident Alert on a phone without scripts and with cookies blocked: sent with two photographs and
 * no address, looked at a week later, withdrawn. Pictures of each step go to QIUZHU_PICTURES, if set.
 */

import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, open, PHONE, type Watched, WIDE } from "./chromium.ts";
import { type Started, start } from "./running.ts";

const STORY =
  "工地拖欠我们三个月工资，一共二十个人。周师傅的电话是19900001234。\n<b>老板说没钱</b>";
// The smallest pictures there are: one PNG of one pixel, and another.
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const PICTURES = process.env.QIUZHU_PICTURES;
const folder = join(tmpdir(), `qiuzhu-alert-${process.pid}`);
const photos = ["1.png", "2.png"].map((name) => join(folder, name));

let browser: Browser;
let started: Started;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  for (const photo of photos) writeFileSync(photo, Buffer.from(PNG, "base64"));
  started = await start();
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await started.stop();
});

async function look(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

/** What must hold on every page of the way. */
async function holds({ page, context, origins, faults }: Watched): Promise<void> {
  expect([...origins]).toEqual([started.site.address]);
  // The page that names a wrong field has a status of its own.
  expect(faults.filter((fault) => !fault.includes("status of 422"))).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  expect(["网页", "Page"]).toContain(await page.title());
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  expect(new URL(page.url()).search).toMatch(/^\?lang=(zh|en)$/);
  const small = await page.$$eval(
    "main :is(button, a.button, select, summary, textarea, input:not([type=hidden], [type=checkbox])), main label.tick",
    (controls) =>
      controls
        .filter((control) => control.checkVisibility())
        .filter((control) => control.getBoundingClientRect().height < 43.9)
        .map((control) => control.outerHTML.slice(0, 100)),
  );
  expect(small).toEqual([]);
}

const KINDS = [
  { name: "zh-phone", lang: "zh", viewport: PHONE, dark: false },
  { name: "zh-phone-dark", lang: "zh", viewport: PHONE, dark: true },
  { name: "zh-wide", lang: "zh", viewport: WIDE, dark: false },
  { name: "en-phone", lang: "en", viewport: PHONE, dark: false },
  { name: "en-wide", lang: "en", viewport: WIDE, dark: false },
];

describe.each(KINDS)("an alert without scripts, $name", ({ name, lang, viewport, dark }) => {
  it("is checked, sent, looked at later and withdrawn", async () => {
    const watched = await open(browser, { scripts: false, viewport, dark });
    const { page } = watched;
    const answers: (string | undefined)[] = [];
    page.on("response", (answer) => {
      if (answer.request().isNavigationRequest()) answers.push(answer.headers()["cache-control"]);
      expect(answer.headers()["set-cookie"]).toBeUndefined();
    });
    const before = await started.tell();
    await page.goto(`${started.site.address}/alert?lang=${lang}`);
    await look(page, `${name}-1-form`);
    await holds(watched);

    await page.check("[name=kind][value=wage_arrears]");
    await page.fill("[name=story]", STORY);
    await page.selectOption("[name=region]", "440000");
    await page.fill("[name=happened]", "2026-13");
    await page.fill("[name=company]", "某某建筑公司");
    await page.click("main form.report button.primary");
    expect(await page.inputValue("[name=story]")).toBe(STORY);
    expect(await page.isVisible("[data-field=happened] .fault")).toBe(true);
    await look(page, `${name}-2-wrong`);
    await page.fill("[name=happened]", "2026-10");
    await page.click("main form.report button.primary");

    expect(await page.getAttribute("main", "data-step")).toBe("check");
    expect(await page.textContent("mark.phone")).toContain("19900001234");
    expect(await page.textContent("mark.name")).toContain("周师傅");
    await look(page, `${name}-3-check`);
    await holds(watched);
    await page.click("button[value=edit]");
    expect(await page.inputValue("[name=story]")).toBe(STORY);
    expect(await page.inputValue("[name=company]")).toBe("某某建筑公司");
    await page.click("main form.report button.primary");
    await page.setInputFiles("#files", photos);
    await page.click("main form.report button.primary");

    const code = (await page.getAttribute("[data-receipt]", "data-receipt")) ?? "";
    expect(code).toMatch(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/);
    expect(await page.isVisible("[data-left]")).toBe(false);
    await look(page, `${name}-4-sent`);
    await holds(watched);
    const after = await started.tell();
    expect(after.alerts).toBe(before.alerts + 1);
    expect(after.files).toBe(before.files + 2);

    // A week later: a browser that knows nothing, and a code on paper.
    await started.tell("checking");
    const later = await open(browser, { scripts: false, viewport, dark });
    await later.page.goto(`${started.site.address}/alert/receipt?lang=${lang}`);
    await later.page.fill("[name=receipt]", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA");
    await later.page.click("button[value=ask]");
    expect(await later.page.isVisible("[role=alert]")).toBe(true);
    await look(later.page, `${name}-5-unknown`);
    await later.page.fill("[name=receipt]", code.toLowerCase().replaceAll("-", " "));
    await later.page.click("button[value=ask]");
    expect(await later.page.getAttribute("[data-state]", "data-state")).toBe("checking");
    await look(later.page, `${name}-6-state`);
    await holds(later);
    await later.page.fill("[name=text]", "老板今天又来了。");
    await later.page.click("button[value=add]");
    expect(await later.page.isVisible("[data-notice]")).toBe(true);
    await look(later.page, `${name}-7-added`);

    await started.tell("published");
    await later.page.click("button[value=withdraw]");
    expect(await later.page.getAttribute("[data-state]", "data-state")).toBe("published");
    await look(later.page, `${name}-8-sure`);
    await holds(later);
    await later.page.click("button[value=really]");
    expect(await later.page.getAttribute("[data-state]", "data-state")).toBe("withdrawn");
    await look(later.page, `${name}-9-withdrawn`);
    await holds(later);
    expect((await started.tell()).alerts).toBe(before.alerts);
    expect(new Set(answers)).toEqual(new Set(["no-store"]));
    await watched.context.close();
    await later.context.close();
  });
});

it("is sent from a browser that blocks cookies and scripts by its own settings", async () => {
  const profile = mkdtempSync(join(tmpdir(), "qiuzhu-profile-"));
  mkdirSync(join(profile, "Default"));
  const blocked = { default_content_setting_values: { cookies: 2, javascript: 2 } };
  const settings = JSON.stringify({ profile: blocked });
  writeFileSync(join(profile, "Default", "Preferences"), settings);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-background-networking", "--no-first-run"],
    viewport: PHONE,
    locale: "zh-CN",
  });
  const page = context.pages()[0] ?? (await context.newPage());
  // That it blocks them: a server sets one in vain, and its script does not run.
  const returned: (string | undefined)[] = [];
  const canary = createServer(({ headers }, answer) => {
    returned.push(headers.cookie);
    answer.writeHead(200, { "set-cookie": "canary=1; max-age=999", "content-type": "text/html" });
    answer.end("<title>still</title><script>document.title = 'ran'</script>");
  }).listen(0, "127.0.0.1");
  await once(canary, "listening");
  const { port } = canary.address() as AddressInfo;
  for (const path of ["/1", "/2"]) await page.goto(`http://127.0.0.1:${port}${path}`);
  canary.closeAllConnections();
  canary.close();
  expect(await page.title()).toBe("still");
  expect(returned.length).toBeGreaterThan(1);
  expect(new Set(returned)).toEqual(new Set([undefined]));

  await page.goto(`${started.site.address}/alert`);
  await page.check("[name=kind][value=injury]");
  await page.fill("[name=story]", STORY);
  await page.click("main form.report button.primary");
  await page.setInputFiles("#files", photos);
  await page.click("main form.report button.primary");
  expect(await page.getAttribute("[data-receipt]", "data-receipt")).toMatch(/^.{29}$/);
  await page.click("main form button");
  expect(await page.getAttribute("[data-state]", "data-state")).toBe("received");
  // The list is read as ever.
  await page.goto(started.site.address);
  expect(await page.locator("article[data-case]").count()).toBeGreaterThan(0);
  await context.close();
});
