import { describe, expect, it } from "vitest";
import { changed, filterQuery, MAX_TEXT, readFilters } from "./filters.ts";

const read = (text: string) => readFilters(new URLSearchParams(text));

describe("filters in an address", () => {
  it("takes repeated and comma-joined values alike", () => {
    expect(read("issue=a&issue=b")).toEqual(read("issue=a,b"));
  });

  it("leaves out blanks and names it does not know", () => {
    expect(read("q=&region=%20&utm_source=x&__proto__=y&map=strikes")).toEqual({ map: "strikes" });
  });

  it("cuts a keyword that is too long, between characters", () => {
    const cut = read(`q=${encodeURIComponent("欠薪😀".repeat(5000))}`).q ?? "";
    expect([...cut]).toHaveLength(MAX_TEXT);
    expect(cut.endsWith("欠薪")).toBe(true);
  });

  it("writes the same filters as the same text, whatever their order was", () => {
    expect(filterQuery(read("q=a%26b&region=440000,310000&map=all"))).toBe(
      filterQuery(read("map=all&region=440000&region=310000&q=a%26b")),
    );
    expect(filterQuery(read("region=440000,310000"))).toBe("region=440000,310000");
  });

  it("comes back from its own text for hostile values", () => {
    for (const value of ["a&b=c", "%", "+1 2", "'<script>", "\u202e", "#x", "𠮷"]) {
      const filters = { q: value, company: value };
      expect(read(filterQuery(filters))).toEqual(filters);
    }
  });

  it("sets and takes away without touching what it was given", () => {
    const before = Object.freeze(read("map=calls&q=x"));
    expect(changed(before, { q: null, since: "all" })).toEqual({ map: "calls", since: "all" });
    expect(changed(before, { q: "" })).toEqual({ map: "calls" });
    expect(before).toEqual({ map: "calls", q: "x" });
  });
});
