/** What the page knows at this moment, in one object. */
import type { Failure } from "../api/client.ts";
import type {
  CaseDocument,
  CaseList,
  FiltersInForce,
  Options,
  Revisions,
  Stats,
  Summary,
  Tombstone,
} from "../api/types.ts";
import type { PageConfig } from "./config.ts";
import type { Page } from "./url.ts";

/** Something asked for. The last answer stays while the next is on its way, and when it fails. */
export interface Remote<T> {
  readonly data: T | null;
  readonly status: "idle" | "loading" | "ready" | "failed";
  readonly failure: Failure | null;
}

export const NOTHING: Remote<never> = { data: null, status: "idle", failure: null };

export interface Listed {
  /** The first page's answer: filters in force and the exact total. */
  readonly answer: CaseList;
  /** Summaries of all pages loaded so far. */
  readonly items: readonly Summary[];
  readonly next: string | null;
  readonly pages: number;
  readonly more: "idle" | "loading" | "failed";
  /** The filters and order it answers, so that nothing is asked twice. */
  readonly key: string;
}

/** A case that is open: its document and history, or what is left of it. */
export interface Opened {
  readonly id: string;
  readonly document: CaseDocument | null;
  readonly gone: Tombstone | null;
  readonly revisions: Revisions | null;
}

export type Dialog = "advanced" | "export" | "subscribe" | "code";

/** What was chosen on the map: a place, or cases at one spot, which are listed. */
export interface Chosen {
  readonly code: string;
  readonly level: "province" | "prefecture" | "county";
  /** Null where the map's zoom does not tell. */
  readonly count: number | null;
  /** `coarse`: cases known no finer than this place. */
  readonly kind: "place" | "coarse" | "spot";
  /** Longitude and latitude in degrees. */
  readonly at: readonly [number, number];
  /** west,south,east,north around exactly the cases to be listed; null: none are. */
  readonly bbox: string | null;
  readonly cases: Remote<CaseList>;
}

export interface State {
  readonly config: PageConfig;
  readonly page: Page;
  readonly list: Remote<Listed>;
  readonly options: Remote<Options>;
  readonly opened: Remote<Opened>;
  readonly stats: Remote<Stats>;
  readonly dialog: Dialog | null;
  readonly chosen: Chosen | null;
  readonly choropleth: boolean;
  /** Parameter names that were left out because they could not be read. */
  readonly ignored: readonly string[];
  /** A keyword that was cut to what the API takes. */
  readonly cutKeyword: boolean;
}

/** The filters in force as the answer that is in view states them. */
export function applied(state: State): FiltersInForce | null {
  const { page, list, options, stats } = state;
  const shown = page.view === "graphs" ? stats.data?.filters : list.data?.answer.filters;
  return shown ?? options.data?.applied ?? null;
}
