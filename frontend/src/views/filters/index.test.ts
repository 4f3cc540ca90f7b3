import { describe, expect, test } from "vitest";
import type { Option } from "../../api/types.ts";
import { activeCount } from "./index.ts";
import { childrenOf, pathTo } from "./options.ts";
import { cutText } from "./text.ts";

describe("the number on the button of the panel", () => {
  test("counts what is not in sight: no keyword, the two dates as one, the first map not", () => {
    expect(activeCount({})).toBe(0);
    expect(activeCount({ q: "欠薪", map: "calls" })).toBe(0);
    const many = { since: "2020", until: "2021", map: "all", issue: "a,b", region: "440000" };
    expect(activeCount(many)).toBe(4);
  });
});

describe("options", () => {
  const option = (code: string, parent: string | null): Option => ({
    code,
    parent,
    zh: code,
    en: code,
    count: 1,
  });
  const options = [option("1", null), option("11", "1"), option("111", "11"), option("2", null)];

  test("are found from the top down", () => {
    expect(pathTo(options, "111").map(({ code }) => code)).toEqual(["1", "11", "111"]);
    expect(pathTo(options, "3")).toEqual([]);
  });

  test("below one are the same list every time", () => {
    expect(childrenOf(options, null).map(({ code }) => code)).toEqual(["1", "2"]);
    expect(childrenOf(options, "1")).toBe(childrenOf(options, "1"));
    expect(childrenOf(options, "2")).toEqual([]);
  });
});

describe("a keyword", () => {
  test("is cut to what the API takes: 200 characters, 10 words", () => {
    expect(cutText("薪".repeat(20_000))).toHaveLength(200);
    expect([...cutText("𠮷".repeat(300))]).toHaveLength(200);
    expect(cutText("a b c d e f g h i j k l")).toBe("a b c d e f g h i j");
    expect(cutText("  欠薪　 外卖 \n")).toBe("欠薪 外卖");
    expect(cutText(" \t ")).toBe("");
  });
});
