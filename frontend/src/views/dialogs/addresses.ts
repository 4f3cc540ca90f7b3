/** Addresses of the API for the present view, as they go into other programs. */
import { changed, type Filters, filterQuery } from "../../state/filters.ts";
import { absolute } from "../../state/url.ts";

const CASES = "/api/v1/cases";

/** The path of a file with all matches. */
export function exportPath(format: string, filters: Filters, lang: string): string {
  return joined(`${CASES}/export.${format}`, filterQuery(filters), `lang=${lang}`);
}

/** A feed has no date limit unless one is given, so "everything" need not be said. */
export function feedAddress(form: "atom" | "json", filters: Filters, lang: string): string {
  const limited = filters.since === "all" ? changed(filters, { since: null }) : filters;
  return absolute(joined(`${CASES}/feed.${form}`, filterQuery(limited), `lang=${lang}`));
}

export function listAddress(filters: Filters): string {
  return absolute(joined(CASES, filterQuery(filters), "limit=200"));
}

export function linesAddress(filters: Filters): string {
  return absolute(joined(`${CASES}/export.ndjson`, filterQuery(filters)));
}

function joined(path: string, ...queries: string[]): string {
  const query = queries.filter((part) => part !== "").join("&");
  return query === "" ? path : `${path}?${query}`;
}
