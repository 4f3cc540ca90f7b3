/** What a browser counts is what is cut: nothing of a text is lost, whatever the marks say. */
import { describe, expect, test } from "vitest";
import type { Personal } from "../api/types.ts";
import { stretches } from "./marked.ts";

const mark = (start: number, end: number, kind: Personal["kind"] = "phone"): Personal => ({
  start,
  end,
  kind,
});

describe("stretches", () => {
  test("cuts at UTF-16 offsets, behind a character of two units as well", () => {
    const text = "😀电话19900001234。";
    expect(stretches(text, [mark(4, 15)])).toEqual([
      { text: "😀电话", kind: null },
      { text: "19900001234", kind: "phone" },
      { text: "。", kind: null },
    ]);
  });

  test("a mark over all of it, and none", () => {
    expect(stretches("周师傅", [mark(0, 3, "name")])).toEqual([{ text: "周师傅", kind: "name" }]);
    expect(stretches("无", [])).toEqual([{ text: "无", kind: null }]);
    expect(stretches("", [])).toEqual([]);
  });

  test.each([
    [[mark(2, 5), mark(0, 3, "name")]],
    [[mark(3, 3), mark(5, 2), mark(-1, 2)]],
    [[mark(4, 99), mark(1, 2)]],
  ])("loses nothing where marks overlap or lie outside: %j", (marks) => {
    const text = "abcdefgh";
    const cut = stretches(text, marks);
    expect(cut.map((stretch) => stretch.text).join("")).toBe(text);
    expect(cut.filter((stretch) => stretch.kind !== null).length).toBeLessThanOrEqual(1);
  });
});
