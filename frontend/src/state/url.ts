/**
 * The address is the state: which page, which filters, which map position. The only module that
 * touches `history` and `location`.
 */
import { type Filters, filterQuery, MAX_TEXT, readable, readFilters } from "./filters.ts";

export type View = "list" | "graphs" | "case";
export type Sort = "-date" | "date" | "-updated";
export type Language = "zh" | "en" | "zh-Hant";

/** A map position: zoom and degrees WGS 84. */
export interface Position {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

export interface Page {
  readonly view: View;
  /** The case that is open, where one is. */
  readonly id: string | null;
  readonly filters: Filters;
  readonly sort: Sort;
  /** Null where the address names none and the server chose. */
  readonly lang: Language | null;
  /** What a phone shows in front. */
  readonly show: "list" | "map";
  readonly at: Position | null;
}

/** What a history entry remembers beside its address, so that Back returns to the same place. */
export interface Mark {
  /** Pages of the list that were loaded. */
  readonly pages: number;
  /** How far down the reader was, in CSS pixels. */
  readonly y: number;
  /** Whether the entry before it is this page too. */
  readonly within: boolean;
}

const START: Mark = { pages: 1, y: 0, within: false };
const CASE = /^\/cases\/([0-9A-HJKMNP-TV-Z]{13})$/;

export function read(address: { pathname: string; search: string }): Page {
  const query = new URLSearchParams(address.search);
  const id = CASE.exec(address.pathname)?.[1] ?? null;
  const view: View = id !== null ? "case" : address.pathname === "/graphs" ? "graphs" : "list";
  return {
    view,
    id,
    filters: readFilters(query),
    sort: one(query.get("sort"), ["-date", "date", "-updated"]) ?? "-date",
    lang: one(query.get("lang"), ["zh", "en", "zh-Hant"]),
    show: query.get("show") === "map" ? "map" : "list",
    at: position(query.get("at")),
  };
}

export function address(page: Page): string {
  const query = new URLSearchParams(filterQuery(page.filters));
  if (page.sort !== "-date") query.set("sort", page.sort);
  if (page.lang !== null) query.set("lang", page.lang);
  if (page.show === "map" && page.view === "list") query.set("show", "map");
  if (page.at !== null && page.view === "list") query.set("at", written(page.at));
  const path =
    page.view === "case" ? `/cases/${page.id}` : page.view === "graphs" ? "/graphs" : "/";
  const text = readable(query);
  return text === "" ? path : `${path}?${text}`;
}

function one<T extends string>(value: string | null, choices: readonly T[]): T | null {
  return choices.find((choice) => choice === value) ?? null;
}

function position(text: string | null): Position | null {
  const [zoom, lat, lon] = (text ?? "").split("/").map(Number);
  if (zoom === undefined || lat === undefined || lon === undefined) return null;
  const sound = zoom >= 0 && zoom <= 22 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
  return sound ? { zoom, lat, lon } : null;
}

function written(at: Position): string {
  return `${at.zoom.toFixed(2)}/${at.lat.toFixed(3)}/${at.lon.toFixed(3)}`;
}

export function here(): Page {
  return read(location);
}

/** Whether the keyword in the address is longer than the API takes, and so was cut. */
export function keywordWasCut(): boolean {
  const keyword = new URLSearchParams(location.search).get("q") ?? "";
  return [...keyword].length > MAX_TEXT;
}

export function mark(): Mark {
  const held = history.state as Partial<Mark> | null;
  return { ...START, ...held };
}

/** A new entry: Back leads to what was before. */
export function push(page: Page): void {
  history.pushState({ ...START, within: true } satisfies Mark, "", address(page));
}

/** The same entry, described anew. */
export function replace(page: Page, changes: Partial<Mark> = {}): void {
  history.replaceState({ ...mark(), ...changes } satisfies Mark, "", address(page));
}

export function back(): void {
  history.back();
}

/** Calls `listener` when the reader goes back or forward; scrolling back is then its own work. */
export function follow(listener: (page: Page, mark: Mark) => void): void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => listener(here(), mark()));
}

/** Whether the reader went back or forward before the script was there to follow. */
export function hasMoved(): boolean {
  const [loaded] = performance.getEntriesByType("navigation");
  if (loaded === undefined) return false;
  const { pathname, search } = new URL(loaded.name);
  return pathname !== location.pathname || search !== location.search;
}

/** The absolute form of an address of this page, to be copied or shared. */
export function absolute(path: string): string {
  return new URL(path, location.href).href;
}

/** Leaves for another document of this site. */
export function leave(path: string): void {
  location.assign(path);
}

/** Leaves this site for another page, which takes the place of this one in the history. */
export function vanish(elsewhere: string): void {
  location.replace(elsewhere);
}
