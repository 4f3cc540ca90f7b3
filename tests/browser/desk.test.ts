/**
 * The desk in Chromium, in both languages: from an alert to a published case, corrected and
 * withdrawn. Pictures of each step go to QIUZHU_PICTURES, if set.
 */
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch, PHONE } from "./chromium.ts";
import { Desk, type Lang, type Viewed, violations } from "./desk.ts";

const PICTURES = process.env.QIUZHU_PICTURES;
// None that exists: no number begins with 199 and four noughts.
const NUMBER = "19900001234";

let browser: Browser;
let desk: Desk;
beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), Desk.start()]);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

async function looked({ page }: Viewed, name: string): Promise<void> {
  await page.waitForSelector("main h1");
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  expect(await violations(page), name).toEqual([]);
}

async function openCase({ page, origin }: Viewed, id: string, lang: Lang): Promise<void> {
  await page.goto(`${origin}/cases/${id}?lang=${lang}`);
  await page.waitForSelector(`article[data-case="${id}"]`);
}

/** Presses what does it, in the sheet that is open, and waits until it is done. */
async function does(page: Page, act: string): Promise<void> {
  await page.click(`[data-act=${act}]`);
  await page.click("dialog[open] [data-do]");
  await page.waitForSelector("dialog[open]", { state: "detached" });
  await page.waitForSelector("[data-said=done]");
}

async function saved(page: Page): Promise<void> {
  await page.click("[data-act=save]");
  await page.waitForSelector("[data-said=done]");
  await page.waitForSelector("[data-unsaved]", { state: "detached" });
}

async function published(id: string): Promise<Response> {
  return fetch(`${desk.site.public}/api/v1/cases/${id}`, { redirect: "manual" });
}

describe.each(["zh", "en"] as const)("in %s", (lang) => {
  let made = "";

  it("an alert becomes a case without the number in it, with the next batch", async () => {
    await desk.tell("alert");
    const sun = await desk.enter(browser, "sun", lang);
    const { page, faults } = sun;
    await page.goto(`${sun.origin}/alerts?lang=${lang}`);
    await looked({ ...sun }, `${lang}-alerts`);
    await page.click("main li:has([data-state=received]) a[data-row]");
    await page.waitForSelector("main mark[data-kind=phone]");
    await looked(sun, `${lang}-alert`);
    await page.click("[data-act=make]");
    await page.waitForSelector("article.editor");
    await page.waitForSelector(".beside-case mark[data-kind=phone]");
    made = new URL(page.url()).pathname.split("/")[2] ?? "";
    // What is likely to tell who somebody is was masked; what is typed is marked.
    const text = await page.inputValue("#case-text-zh");
    expect(text).toContain("■■■");
    expect(text).not.toContain(NUMBER);
    expect(await page.$("[data-act=publish]")).toBeNull();

    await page.fill("#case-title-zh", "示例建筑公司拖欠工资");
    expect(await page.getAttribute("[data-text='title.en']", "data-missing")).toBe("");
    await page.fill("#case-text-zh", `${text} 家属电话 ${NUMBER}。`);
    await page.waitForSelector("[data-text='text.zh'] .mirror mark[data-kind=phone]");
    await looked(sun, `${lang}-marked`);
    await page.click("[data-text='text.zh'] [data-mask]:has(mark[data-kind=phone])");
    await page.waitForFunction(
      (number) =>
        !document.querySelector<HTMLTextAreaElement>("#case-text-zh")?.value.includes(number),
      NUMBER,
    );
    if (lang === "en") {
      await page.fill("#case-title-en", "Example Construction owes wages");
      await page.fill("#case-text-en", "Twenty workers have not been paid for three months.");
    }
    await saved(page);
    expect((await published(made)).status).toBe(404);
    expect(faults).toEqual([]);
    await sun.context.close();

    const zhao = await desk.enter(browser, "zhao", lang);
    await openCase(zhao, made, lang);
    await zhao.page.click("[data-act=preview]");
    await zhao.page.waitForSelector(".preview article");
    await looked(zhao, `${lang}-preview`);
    await zhao.page.keyboard.press("Escape");
    await does(zhao.page, "publish");
    expect(await zhao.page.innerText("[data-said=done]")).toMatch(/(00|06|12|18):00/);
    await looked(zhao, `${lang}-waiting`);
    expect((await published(made)).status).toBe(404);
    expect((await desk.tell("batch")).published).toBe(1);
    const answer = await (await published(made)).text();
    expect(answer).toContain("■■■");
    expect(answer).not.toContain(NUMBER);
    expect(zhao.faults).toEqual([]);
    await zhao.context.close();
  });

  it("a contact becomes public when a second person approves", async () => {
    const zhao = await desk.enter(browser, "zhao", lang);
    await openCase(zhao, made, lang);
    const phone = zhao.page.locator("[data-contact]", { has: zhao.page.locator("[data-ask]") });
    await phone.locator("[data-view]").click();
    expect(await zhao.page.textContent("[data-value]")).toBe(NUMBER);
    await looked(zhao, `${lang}-contact`);
    await phone.locator("[data-ask]").click();
    await zhao.page.waitForSelector("[data-said=done]");
    await zhao.page.goto(`${zhao.origin}/requests?lang=${lang}`);
    await zhao.page.waitForSelector("[data-request]");
    expect(await zhao.page.$("[data-act=approve]")).toBeNull();
    expect(zhao.faults).toEqual([]);
    await zhao.context.close();

    const qian = await desk.enter(browser, "qian", lang);
    await qian.page.goto(`${qian.origin}/requests?lang=${lang}`);
    await qian.page.waitForSelector("[data-act=approve]");
    await looked(qian, `${lang}-requests`);
    await qian.page.click("[data-act=approve]");
    await qian.page.waitForSelector("[data-said=done]");
    expect(await (await published(made)).text()).not.toContain(NUMBER);
    await desk.tell("batch");
    const { contacts } = await (await published(made)).json();
    expect(contacts).toEqual([{ channel: "phone", value: NUMBER }]);
    expect(qian.faults).toEqual([]);
    await qian.context.close();
  });

  it("a correction is public with its reason; two editors overwrite nothing", async () => {
    const id = desk.site.cases[lang === "zh" ? 4 : 5];
    const zhao = await desk.enter(browser, "zhao", lang);
    const { page } = zhao;
    await openCase(zhao, id, lang);
    await page.fill(`#case-title-zh`, "我写的标题");
    await page.fill(`#case-title-en`, "The title I wrote");
    expect((await desk.tell(`edits ${id}`)).status).toBe(200);
    await page.click("[data-act=save]");
    await page.waitForSelector("[data-both=title]");
    await looked(zhao, `${lang}-conflict`);
    expect(await page.inputValue("#case-title-zh")).toBe("我写的标题");
    expect(await page.inputValue("[name=notes]")).toBe("别人写的备注");
    await page.click("[data-keep=title]");
    await saved(page);
    expect(await page.$("[data-conflict]")).toBeNull();
    expect((await (await published(id)).json()).title.zh).not.toBe("我写的标题");

    await page.click("[data-act=publish]");
    await page.fill(`dialog[open] [name=${lang}]`, lang === "zh" ? "标题有误" : "Wrong title");
    await looked(zhao, `${lang}-correct`);
    await page.click("dialog[open] [data-do]");
    await page.waitForSelector("[data-said=done]");
    const shown = await (await published(id)).json();
    expect([shown.title.zh, shown.revision]).toEqual(["我写的标题", 2]);
    const kept = await fetch(`${desk.site.public}/api/v1/cases/${id}/revisions`);
    expect(await kept.text()).toContain(lang === "zh" ? "标题有误" : "Wrong title");
    // A conflict is a refusal, which the browser itself reports.
    expect(zhao.faults.filter((fault) => !fault.includes("409"))).toEqual([]);
    await zhao.context.close();
  });

  it("two cases become one, and the id of the other leads to it", async () => {
    const [one, other] = desk.site.cases.slice(lang === "zh" ? 0 : 2) as [string, string];
    const zhao = await desk.enter(browser, "zhao", lang);
    const { page } = zhao;
    await openCase(zhao, one, lang);
    const found = page.locator(`[data-duplicate="${other}"]`);
    await found.locator("summary").click();
    await looked(zhao, `${lang}-duplicates`);
    await found.locator("[data-merge=this]").click();
    await page.waitForSelector("[data-said=done]");
    await page.waitForSelector("[data-source='1']");
    const moved = await published(other);
    expect([moved.status, moved.headers.get("location")]).toEqual([301, `/api/v1/cases/${one}`]);
    expect((await (await published(one)).json()).sources).toHaveLength(2);
    expect(zhao.faults).toEqual([]);
    await zhao.context.close();
  });

  it("a withdrawn case leaves a day and a reason", async () => {
    const zhao = await desk.enter(browser, "zhao", lang);
    const { page } = zhao;
    await openCase(zhao, made, lang);
    await page.click("[data-act=withdraw]");
    await page.check("dialog[open] [value=at_request]");
    await looked(zhao, `${lang}-withdraw`);
    await page.click("dialog[open] [data-do]");
    await page.waitForSelector("[data-said=done]");
    const gone = await published(made);
    expect([gone.status, (await gone.json()).reason.code]).toEqual([410, "at_request"]);
    await looked(zhao, `${lang}-withdrawn`);
    expect(await page.isDisabled("#case-title-zh")).toBe(true);
    expect(zhao.faults).toEqual([]);
    await zhao.context.close();
  });

  it("every room of the cases is accessible, wide and narrow, light and dark", async () => {
    const rooms = ["cases", `cases/${desk.site.cases[0]}`, "cases/new", "terms", "news", "imports"];
    for (const kind of [{}, { viewport: PHONE, dark: true }]) {
      const wu = await desk.enter(browser, "wu", lang, kind);
      for (const room of rooms) {
        await wu.page.goto(`${wu.origin}/${room}?lang=${lang}`);
        await wu.page.waitForLoadState("networkidle");
        const width = "viewport" in kind ? "narrow" : "wide";
        await looked(wu, `${lang}-${room.replace("/", "-").slice(0, 9)}-${width}`);
        const wide = await wu.page.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
        );
        expect(wide, `${room} ${width}`).toBe(false);
      }
      expect([...wu.origins]).toEqual([wu.origin]);
      expect(wu.faults).toEqual([]);
      await wu.context.close();
    }
  });
});
