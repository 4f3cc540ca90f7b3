/** The filters a reader may have set: names of the API, values as they stand in an address. */
import type { CaseQuery } from "../api/types.ts";

export const FILTER_NAMES = [
  "map",
  "since",
  "until",
  "region",
  "industry",
  "issue",
  "action",
  "response",
  "platform",
  "ownership",
  "accident_type",
  "company",
  "q",
  "participants_min",
  "participants_max",
  "deaths_min",
  "injuries_min",
  "replied",
  "has_source",
  "has_contact",
  "placed",
  "bbox",
] as const satisfies readonly (keyof CaseQuery)[];

export type FilterName = (typeof FILTER_NAMES)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** The longest keyword the API takes. */
export const MAX_TEXT = 200;

/** The filters in a query string; several values of one name are joined with commas. */
export function readFilters(query: URLSearchParams): Filters {
  const filters: Partial<Record<FilterName, string>> = {};
  for (const name of FILTER_NAMES) {
    const values = query.getAll(name).filter((value) => value.trim() !== "");
    if (values.length > 0) filters[name] = cut(name, values.join(","));
  }
  return filters;
}

function cut(name: FilterName, value: string): string {
  return name === "q" || name === "company" ? [...value].slice(0, MAX_TEXT).join("") : value;
}

/** The filters as a query string in the order of the table, so that equal filters are equal text. */
export function filterQuery(filters: Filters): string {
  const query = new URLSearchParams();
  for (const name of FILTER_NAMES) {
    const value = filters[name];
    if (value !== undefined && value !== "") query.set(name, value);
  }
  return readable(query);
}

/** Commas and slashes mean nothing in a query and read better as themselves. */
export function readable(query: URLSearchParams): string {
  return query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
}

/** `filters` with some changed; null takes one away. */
export function changed(
  filters: Filters,
  changes: Partial<Record<FilterName, string | null>>,
): Filters {
  const next: Partial<Record<FilterName, string>> = { ...filters };
  for (const [name, value] of Object.entries(changes) as [FilterName, string | null][]) {
    if (value === null || value === "") delete next[name];
    else next[name] = value;
  }
  return next;
}
