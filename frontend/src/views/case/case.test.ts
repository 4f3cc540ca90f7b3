// @vitest-environment happy-dom
/** The page of one case: what it shows, what it leaves out, and what stands there without a document. */
import { describe, expect, test, vi } from "vitest";
import { Failure } from "../../api/client.ts";
import type { Tombstone } from "../../api/types.ts";
import { NOTHING } from "../../state/store.ts";
import { CASE, drawn, ID, links, shown, texts } from "./example.ts";

describe("a case", () => {
  test("carries the hooks: its id, and first its own day cut to its precision", () => {
    const article = shown().querySelector("main#main.case > article.case-full");
    expect(article?.getAttribute("data-case")).toBe(ID);
    expect(article?.querySelector("time")?.getAttribute("datetime")).toBe("2021-03");
  });

  test("both languages, that of the page first", () => {
    const root = shown({}, "en");
    expect(texts(root, "h1")).toEqual(["Wages owed at an example factory"]);
    expect(texts(root, ".text p")).toEqual([
      "One paragraph",
      "示例工厂拖欠工资",
      "第一段",
      "第二段",
    ]);
    expect(root.querySelectorAll(".text")[1]?.getAttribute("lang")).toBe("zh-Hans");
    expect(root.querySelector(".texts .missing")).toBeNull();
  });

  test.each([
    ["zh", { zh: null, en: "Only" }, "尚无中文，以下为英文。"],
    ["zh", { zh: "只有", en: null }, "只有中文，尚无英文。"],
    ["en", { zh: "只有", en: null }, "There is no English text yet; this is the Chinese one."],
    ["en", { zh: null, en: null }, "There is no text."],
  ] as const)("on a page in %s a text %o says what is missing", (lang, text, said) => {
    const root = shown({ text }, lang);
    expect(texts(root, ".texts > .missing")).toEqual([said]);
    expect(root.querySelector(".in-other")).toBeNull();
  });

  test("facts that are not known have no row", () => {
    const root = shown();
    const rows = [...root.querySelectorAll("[data-fact]")].map((row) =>
      row.getAttribute("data-fact"),
    );
    expect(rows).toEqual(["map", "place", "issues", "amount_owed", "months_owed", "participants"]);
    expect(texts(root, "[data-fact=amount_owed] dd, [data-fact=participants] dd")).toEqual([
      "¥232,000",
      "100 至 1,000 人",
    ]);
  });

  test.each([
    [{ low: 4, high: 4, stated: null }, ["4 人"]],
    [{ low: 10000, high: null, stated: "上万" }, ["10,000 人以上", "原文：上万"]],
    [{ low: null, high: 100, stated: null }, ["100 人以下"]],
    [{ low: null, high: null, stated: "数百" }, ["原文：数百"]],
  ])("participants %o", (participants, said) => {
    expect(texts(shown({ participants }), "[data-fact=participants] dd")).toEqual(said);
  });

  test("a value leads to all cases of the same map that share it, and keeps the language", () => {
    expect(links(shown({}, "en", "?lang=en&region=110000"), "[data-fact=place] a")).toEqual([
      "/?map=strikes&since=all&region=440000&lang=en",
      "/?map=strikes&since=all&region=440300&lang=en",
    ]);
    expect(links(shown({ map: "calls" }), ".like a")[0]).toBe(
      "/?since=all&region=440300&issue=wage_arrears",
    );
  });

  test("back leads to the list it was opened from", () => {
    expect(links(shown({}, "zh", "?region=440000&sort=date"), ".back a")).toEqual([
      "/?region=440000&sort=date",
    ]);
    const close = vi.fn();
    const ready = { id: ID, document: CASE, gone: null, revisions: null };
    const root = drawn({ data: ready, status: "ready", failure: null }, "zh", "", { close });
    root.querySelector<HTMLAnchorElement>(".back a")?.click();
    expect(close).toHaveBeenCalledOnce();
  });
});

describe("no document", () => {
  const gone = {
    id: ID,
    day: "2021-06-01",
    reason: { code: "privacy", zh: "保护隐私", en: "To protect privacy" },
  } as unknown as Tombstone;

  test("withdrawn: says when and why, and keeps the number", () => {
    const data = { id: ID, document: null, gone, revisions: null };
    const root = drawn({ data, status: "ready", failure: null }, "en");
    expect(texts(root, ".case-gone p")).toEqual([
      `Case ${ID} was withdrawn on 1 June 2021. Reason: To protect privacy. Its content is deleted; its number and history remain.`,
    ]);
  });

  test("unknown: says that there is nothing here", () => {
    const root = drawn({ ...NOTHING, status: "failed", failure: new Failure(404, null) }, "en");
    expect(texts(root, "h1")).toEqual(["There is nothing here"]);
    expect(root.querySelector("[data-failure]")).toBeNull();
  });

  test("no answer: says so, names the case and offers to ask again", () => {
    const root = drawn({ ...NOTHING, status: "failed", failure: new Failure(0, null) });
    expect(texts(root, "h1")).toEqual([`案例 ${ID}`]);
    expect(root.querySelector("[data-failure] button")).not.toBeNull();
  });

  test("the document of another case is never shown under this number", () => {
    const data = { id: "7Z4K2M9QWERTZ", document: CASE, gone: null, revisions: null };
    const root = drawn({ data, status: "loading", failure: null });
    expect(root.querySelector("article")?.getAttribute("aria-busy")).toBe("true");
    expect(root.textContent).not.toContain("第一段");
  });
});
