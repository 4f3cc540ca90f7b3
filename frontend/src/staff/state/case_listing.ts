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
    await this.#ask(text, () => []);
  }

  get next(): string | null {
    return this.list.data?.next ?? null;
  }

  async more(): Promise<void> {
    const { next } = this;
    if (next === null || this.list.status === "loading") return;
    const more = `${this.#asked}&cursor=${encodeURIComponent(next)}`;
    await this.#ask(more, () => this.items);
  }

  async #ask(query: string, before: () => readonly Item[]): Promise<void> {
    const asked = this.#asked;
    await this.list.ask(async () => {
      const answer = await listCases(query);
      if (asked === this.#asked) this.items = [...before(), ...answer.items];
      return answer;
    });
  }
}
