import { describe, expect, it } from "vitest";
import { type CountedPlace, countsByPlace } from "./counts.ts";

const OPTIONS: CountedPlace[] = [
  { code: "440000", parent: null, count: 90 },
  { code: "450000", parent: null, count: 8 },
  { code: "440300", parent: "440000", count: 40 },
  { code: "440100", parent: "440000", count: 30 },
  { code: "440304", parent: "440300", count: 5 },
];

function said(region: string | undefined): Record<string, number> {
  return Object.fromEntries(countsByPlace(OPTIONS, region));
}

describe("cases in each place", () => {
  it("are those of the options where no region is asked", () => {
    const all = { "440000": 90, "450000": 8, "440300": 40, "440100": 30, "440304": 5 };
    expect(said(undefined)).toEqual(all);
    expect(said("")).toEqual(all);
  });

  it("are none outside of the region, and in what is around it only its own", () => {
    expect(said("440300")).toEqual({ "440000": 40, "440300": 40, "440304": 5 });
    expect(said("440300,440100")).toEqual({
      "440000": 70,
      "440300": 40,
      "440100": 30,
      "440304": 5,
    });
  });

  it("count once what is asked twice", () => {
    const guangdong = { "440000": 90, "440300": 40, "440100": 30, "440304": 5 };
    expect(said("440000,440300")).toEqual(guangdong);
    expect(said("440304,440300")["440000"]).toBe(40);
  });
});
