import { describe, expect, test } from "vitest";
import { chosen, inPrecision, lastDay, monthsBefore, moved, spanOf, yearsOf } from "./span.ts";

const TODAY = "2026-08-31";

describe("the span that two filters say", () => {
  test("is six months without any", () => {
    expect(spanOf({}, TODAY)).toEqual({
      choice: "half",
      byDay: false,
      since: "2026-02-28",
      until: TODAY,
    });
  });

  test("is a quick choice where it equals one", () => {
    expect(spanOf({ since: "all" }, TODAY)).toMatchObject({ choice: "all", since: null });
    expect(spanOf({ since: "2025-08-31" }, TODAY)).toMatchObject({ choice: "year", byDay: false });
  });

  test("is the reader's own otherwise, by month or by day", () => {
    expect(spanOf({ since: "2020-05", until: "2020-11" }, TODAY)).toEqual({
      choice: "own",
      byDay: false,
      since: "2020-05-01",
      until: "2020-11-30",
    });
    expect(spanOf({ until: "2020-11-15" }, TODAY)).toMatchObject({
      byDay: true,
      since: "2020-05-15",
    });
    expect(spanOf({ since: "2019", until: "2020" }, TODAY)).toMatchObject({
      since: "2019-01-01",
      until: "2020-12-31",
    });
    expect(spanOf({ since: "all", until: "2020-11" }, TODAY)).toMatchObject({
      choice: "own",
      since: null,
    });
  });
});

describe("changing it", () => {
  const half = spanOf({}, TODAY);

  test("a quick choice sets both filters", () => {
    expect(chosen("half", half, TODAY)).toEqual({ since: null, until: null });
    expect(chosen("year", half, TODAY)).toEqual({ since: "2025-08-31", until: null });
    expect(chosen("all", half, TODAY)).toEqual({ since: "all", until: null });
    expect(chosen("own", half, TODAY)).toEqual({ since: "2026-02", until: null });
  });

  test("the reader's own, from everything, is still the reader's own", () => {
    const changes = chosen("own", spanOf({ since: "all" }, TODAY), TODAY);
    expect(changes).toEqual({ since: "all", until: "2026-08" });
  });

  test("one end pulls the other along", () => {
    const months = spanOf({ since: "2020-05", until: "2020-11" }, TODAY);
    expect(moved(months, "since", "2021-03-01", TODAY)).toEqual({
      since: "2021-03",
      until: "2021-03",
    });
    const days = spanOf({ since: "2020-05-02", until: "2020-11-03" }, TODAY);
    expect(moved(days, "until", "2020-01-01", TODAY)).toEqual({
      since: "2020-01-01",
      until: "2020-01-01",
    });
  });

  test("an emptied end is open", () => {
    const days = spanOf({ since: "2020-05-02", until: "2020-11-03" }, TODAY);
    expect(moved(days, "since", null, TODAY)).toMatchObject({ since: "all" });
    expect(moved(days, "until", null, TODAY)).toMatchObject({ until: TODAY });
  });

  test("from months to days and back", () => {
    const months = spanOf({ since: "2026-05" }, "2026-08-12");
    expect(inPrecision(months, true, "2026-08-12")).toEqual({
      since: "2026-05-01",
      until: "2026-08-12",
    });
    const days = spanOf({ since: "2026-05-17", until: "2026-08-03" }, TODAY);
    expect(inPrecision(days, false, TODAY)).toEqual({ since: "2026-05", until: null });
  });
});

test("months are counted back to a day that exists", () => {
  expect(monthsBefore("2026-08-31", 6)).toBe("2026-02-28");
  expect(monthsBefore("2024-08-30", 6)).toBe("2024-02-29");
  expect(monthsBefore("2026-03-15", 6)).toBe("2025-09-15");
  expect(lastDay("2024-02")).toBe("2024-02-29");
});

test("years run from the oldest records to now, and to what is asked", () => {
  const years = yearsOf(spanOf({ since: "2009", until: "2030" }, TODAY), TODAY);
  expect([years[0], years.at(-1)]).toEqual(["2030", "2009"]);
  expect(yearsOf(spanOf({}, TODAY), TODAY).at(-1)).toBe("2011");
});
