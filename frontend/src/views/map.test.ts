import { describe, expect, it } from "vitest";
import { en, zh } from "../i18n/map.ts";
import { notPlaced } from "./map.ts";

describe("how many of the list have no place", () => {
  it("is what the option leaves, unless the list is about just that", () => {
    expect(notPlaced(undefined, 12, 100)).toBe(12);
    expect(notPlaced("false", 12, 12)).toBe(12);
    expect(notPlaced("true", 12, 88)).toBe(0);
    expect(notPlaced(undefined, null, 100)).toBeNull();
  });
});

describe("the words", () => {
  it("say one and many", () => {
    expect(en.here("1")).toBe("1 case here");
    expect(en.here("2")).toBe("2 cases here");
    expect(zh.range("4", "10")).toBe("4–10");
    expect(en.range("1", "1")).toBe("1");
  });
});
