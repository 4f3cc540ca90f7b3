// @vitest-environment happy-dom
/** The traditional reading: whole, once, and only of what is in simplified script. */
import { html, render } from "lit-html";
import { beforeEach, expect, test } from "vitest";
import { convertPage, traditional } from "./traditional.ts";

beforeEach(() => {
  document.head.innerHTML = "<title>工资 · 求助</title>";
  document.documentElement.lang = "zh-Hans";
});

function page(text: string, label = "查看来源"): void {
  render(
    html`<p aria-label=${label}>${text}</p>
      <input placeholder="关键词" .value=${"广东"} />
      <select><option>行业</option></select>
      <p lang="en">Contract 合同</p>
      <p lang="zh-Hans">劳动</p>
      <a hreflang="zh-Hans" href="/?lang=zh">简体</a>
      <p translate="no">案例 ID，第 1 版，发布</p>
      <code>发</code>`,
    document.body,
  );
}

const read = (selector: string) => document.querySelector(selector);

test("texts, names of controls and the title are converted, the rest is not", async () => {
  page("拖欠工资");
  await convertPage(document.body);
  const field = document.querySelector("input");
  expect(read("p")?.textContent).toBe("拖欠工資");
  expect(read("p")?.getAttribute("aria-label")).toBe("查看來源");
  expect(field?.placeholder).toBe("關鍵詞");
  expect(field?.value).toBe("广东");
  expect(read("option")?.textContent).toBe("行業");
  expect(read("[lang=en]")?.textContent).toBe("Contract 合同");
  expect(read("[lang=zh-Hans]")?.textContent).toBe("勞動");
  expect(read("a")?.textContent).toBe("简体");
  expect(read("[translate=no]")?.textContent).toBe("案例 ID，第 1 版，发布");
  expect(read("code")?.textContent).toBe("发");
  expect(document.title).toBe("工資 · 求助");
  expect(document.documentElement.lang).toBe("zh-Hant");
});

test("drawing again and converting again changes what changed and nothing else", async () => {
  page("只有一只船");
  await convertPage(document.body);
  const first = read("p")?.textContent;
  page("只有一只船");
  await convertPage(document.body);
  await convertPage(document.body);
  expect(read("p")?.textContent).toBe(first);
  page("发布于今天", "订阅");
  await convertPage(document.body);
  expect(read("p")?.textContent).toMatch(/^發[布佈]於今天$/);
  expect(read("p")?.getAttribute("aria-label")).toBe("訂閱");
});

test("once the tables are there it is done before anything is painted", async () => {
  await traditional();
  page("工伤");
  void convertPage(document.body);
  expect(read("p")?.textContent).toBe("工傷");
});

test.each([
  ["要求签订劳动合同，合同里没有", "要求簽訂勞動合同，合同裡沒有"],
  ["没有签劳动合同", "沒有簽勞動合同"],
  ["一家制衣厂", "一家製衣廠"],
  ["码头发生事故", "碼頭發生事故"],
  ["15天后、23 天后、三天后", "15天後、23 天後、三天後"],
  ["牙签和标签", "牙籤和標籤"],
  ["官方回复", "官方回覆"],
  ["出租车、软件", "出租車、軟件"],
])("%s", async (simplified, expected) => {
  expect((await traditional())(simplified)).toBe(expected);
});
