/** What the server put into the page for the script: the day, the demonstration mark, the first answer. */
import type { CaseDocument, CaseList, Stats, Tombstone } from "../api/types.ts";

/** How long what belongs to an alert is kept, as the form promises it: days, and hours of the mail. */
export interface AlertTerms {
  readonly rejected: number;
  readonly contact: number;
  readonly mail: number;
  readonly receipt: number;
}

export interface PageConfig {
  /** The language the page was served in. */
  readonly lang: "zh" | "en";
  /** Today in Shanghai, YYYY-MM-DD. */
  readonly today: string;
  /** Whether the archive holds invented cases. */
  readonly demo: boolean;
  /** Levels whose polygons a deployment has loaded. */
  readonly boundaries: readonly ("province" | "prefecture" | "county")[];
  /** Names of parameters that could not be read and were left out. */
  readonly ignored: readonly string[];
  /** The filters of the address that could be read, as a query string. */
  readonly query: string;
  /** Null where no alerts are taken: then the link leads to the page that says so. */
  readonly alerts: AlertTerms | null;
  readonly list: CaseList | null;
  readonly case: CaseDocument | null;
  readonly gone: Tombstone | null;
  readonly stats: Stats | null;
}

export function readConfig(page: Document): PageConfig {
  const text = page.getElementById("page")?.textContent;
  if (!text) throw new Error("the page carries no configuration");
  return JSON.parse(text) as PageConfig;
}
