/** The list of the desk's cases: filters as the public page has them, states, and further pages. */
import type { CaseList, FilterRow, Item } from "../api/case_types.ts";
import { listCases, readFilters } from "../api/cases.ts";
import { queryOf } from "../api/client.ts";
import { Asked } from "./asked.ts";
import type { Desk } from "./desk.ts";
import type { Query } from "./url.ts";

export class Listing {
  readonly rows: Asked<readonly FilterRow[]>;
  readonly list: Asked<CaseList>;
  /** Of all pages that were loaded. */
  items: readonly Item[] = [];
  #asked = "";
  #map = "";

  constructor(desk: Desk) {
    this.rows = new Asked(desk);
    this.list = new Asked(desk);
  }

  /** Shows what matches; nothing is asked twice. The desk looks at all maps unless one is asked. */
  async show(query: Query, again = false): Promise<void> {
    const asked = { map: "all", ...query };
    const text = queryOf(asked);
    if (asked.map !== this.#map) {
      this.#map = asked.map;
      void this.rows.ask(() => readFilters(asked.map).then(({ filters }) => filters));
    }
    if (text === this.#asked && !again) return;
    this.#asked = text;
    const answer = await this.list.ask(() => listCases(text));
    if (answer !== null) this.items = answer.items;
  }

  get next(): string | null {
    return this.list.data?.next ?? null;
  }

  async more(): Promise<void> {
    const { next } = this;
    if (next === null || this.list.status === "loading") return;
    const query = this.#asked;
    const answer = await this.list.ask(() =>
      listCases(`${query}&cursor=${encodeURIComponent(next)}`),
    );
    if (answer !== null && query === this.#asked) this.items = [...this.items, ...answer.items];
  }
}
