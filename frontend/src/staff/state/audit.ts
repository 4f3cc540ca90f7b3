/** The audit trail, newest first, and whether its chain is whole. */
import { ask, queryOf } from "../api/client.ts";
import type { AuditEntry, Verified } from "../api/types.ts";
import { Asked } from "./asked.ts";
import type { Desk } from "./desk.ts";
import type { Query } from "./url.ts";

interface Trail {
  readonly items: readonly AuditEntry[];
  /** The number before which the next page begins. */
  readonly next: number | null;
}

export class Audit {
  readonly trail: Asked<Trail>;
  readonly verified: Asked<Verified>;
  readonly #desk: Desk;
  #query: Query = {};

  constructor(desk: Desk) {
    this.#desk = desk;
    this.trail = new Asked(desk);
    this.verified = new Asked(desk);
  }

  open(query: Query): void {
    this.#query = query;
    void this.trail.ask(() => this.#page(null));
  }

  again(): void {
    this.open(this.#query);
  }

  async more(): Promise<void> {
    const held = this.trail.data;
    if (held === null || held.next === null) return;
    const { next } = held;
    const answered = await this.#desk.act(() => this.#page(next));
    if (answered === null || this.trail.data !== held) return;
    const { answer } = answered;
    this.trail.set({ next: answer.next, items: [...held.items, ...answer.items] });
  }

  verify(): void {
    void this.verified.ask(() => ask("POST", "/staff/audit/verify"));
  }

  #page(before: number | null): Promise<Trail> {
    const { subject, actor, act } = this.#query;
    return ask("GET", `/staff/audit${queryOf({ subject, actor, act, before })}`);
  }
}
