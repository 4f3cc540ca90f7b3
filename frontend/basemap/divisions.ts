/** The places a map of provinces or of prefectures counts by, read from the project's gazetteer. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { field, rows } from "../build/tables.ts";

const REGIONS = join(import.meta.dirname, "../../api/places/data/regions.csv");

export interface Division {
  readonly code: string;
  readonly level: "province" | "prefecture" | "county";
  /** Short names: 广东, Guangdong. */
  readonly zh: string;
  readonly en: string;
  /** Where a map puts its number, in degrees. */
  readonly lon: number;
  readonly lat: number;
  /** Whether the gazetteer knows places below it. */
  readonly divided: boolean;
}

/** Provinces, regular prefectures, and counties that have no regular prefecture above them. */
export function readDivisions(path = REGIONS): Division[] {
  const table = rows(readFileSync(path, "utf8"));
  const kinds = new Map(table.map((row) => [field(row, "code"), field(row, "kind")]));
  const parents = new Set(table.map((row) => field(row, "parent_code")));
  return table
    .filter((row) => {
      if (field(row, "kind") !== "regular") return false;
      const above = kinds.get(field(row, "parent_code"));
      return field(row, "level") !== "county" || above !== "regular";
    })
    .map((row) => ({
      code: field(row, "code"),
      level: field(row, "level") as Division["level"],
      zh: field(row, "short_zh"),
      en: field(row, "name_en"),
      lon: Number(field(row, "marker_lon")),
      lat: Number(field(row, "marker_lat")),
      divided: parents.has(field(row, "code")),
    }));
}
