/** Addresses of the old map, as they stand in articles and bookmarks, open the same view. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open } from "./chromium.ts";

const { address } = inject("site");
const BLANK =
  "eventId=&keyword=&addressId=&parentAddressId=&address=&industry=&parentIndustry=&industryName=";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it("opens calls for help in Chinese from May to November 2020", async () => {
  const { page, faults } = await open(browser, { locale: "en-GB" });
  await page.goto(
    `${address}/?i18n_language=zh_CN&map=3&startDate=2020-05&endDate=2020-11&${BLANK}`,
  );
  await page.waitForSelector("[data-list][data-total]");
  expect(await page.getAttribute("html", "lang")).toBe("zh-Hans");
  const sentence = await page.innerText("[data-sentence]");
  expect(sentence).toContain("工人求助");
  expect(sentence).toContain("2020年5月1日");
  expect(sentence).toContain("2020年11月30日");
  const expected = await (
    await fetch(`${address}/api/v1/cases?map=calls&since=2020-05&until=2020-11`)
  ).json();
  expect(expected.total).toBeGreaterThan(0);
  expect(await page.getAttribute("[data-list]", "data-total")).toBe(String(expected.total));
  expect(await page.$("[data-ignored]")).toBeNull();
  expect(faults).toEqual([]);
});

it("resolves place and industry by name, and names what it cannot", async () => {
  const { page } = await open(browser);
  await page.goto(
    `${address}/?i18n_language=en_US&map=1&startDate=2019-01&endDate=2026-11&eventId=77&keyword=pay&addressId=5&address=Shenzhen&parentAddress=Guangdong&industryName=Manufacturing`,
  );
  await page.waitForSelector("[data-list][data-total]");
  const query = new URL(page.url()).searchParams;
  expect(query.get("map")).toBe("strikes");
  expect(query.get("region")).toBe("440300");
  expect(query.get("q")).toBe("pay");
  expect(query.get("industry")).toBe("manufacturing");
  expect(await page.getAttribute("html", "lang")).toBe("en");
  expect(await page.innerText("[data-ignored]")).toMatch(/event/i);
});
