/** The alert queue as it is narrowed by the address, a page at a time. */
import { ask, queryOf } from "../api/client.ts";
import type { Alert, Page as Listed } from "../api/types.ts";
import { Asked } from "./asked.ts";
import type { Desk } from "./desk.ts";
import type { Query } from "./url.ts";

const FILTERS = ["lane", "state", "assignee", "flagged", "since", "until"] as const;
const OPEN = "received,checking";
export type QueueFilter = (typeof FILTERS)[number];

export class Queue {
  readonly list: Asked<Listed<Alert>>;
  #query: Query = {};
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.list = new Asked(desk);
  }

  open(query: Query): void {
    this.#query = query;
    void this.list.ask(() => this.#page(null));
  }

  again(): void {
    this.open(this.#query);
  }

  /** The next page, below what is there. */
  async more(): Promise<void> {
    const held = this.list.data;
    if (held === null || held.next === null) return;
    const { next } = held;
    const answered = await this.#desk.act(() => this.#page(next));
    if (answered === null || this.list.data !== held) return;
    this.list.set({ ...answered.answer, items: [...held.items, ...answered.answer.items] });
  }

  #page(cursor: string | null): Promise<Listed<Alert>> {
    const known = Object.fromEntries(FILTERS.map((name) => [name, this.#query[name]]));
    // What is still to be done, unless the address says otherwise.
    const state = known.state === "all" ? null : (known.state ?? OPEN);
    return ask("GET", `/staff/alerts${queryOf({ ...known, state, cursor })}`);
  }
}
