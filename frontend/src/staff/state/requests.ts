/** What one person asked and another decides. */
import { API, ask, queryOf } from "../api/client.ts";
import type { Asking } from "../api/types.ts";
import { Asked } from "./asked.ts";
import type { Desk } from "./desk.ts";

export class Requests {
  readonly list: Asked<{ readonly items: readonly Asking[] }>;
  readonly #desk: Desk;
  #state: string | undefined;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.list = new Asked(desk);
  }

  /** Of one state; "all" for those of every state. */
  open(state: string): void {
    this.#state = state === "all" ? undefined : state;
    void this.list.ask(() => ask("GET", `/staff/requests${queryOf({ state: this.#state })}`));
  }

  again(): void {
    this.open(this.#state ?? "all");
  }

  async decide(id: string, decision: "approval" | "refusal"): Promise<void> {
    const path = `/staff/requests/${encodeURIComponent(id)}/${decision}`;
    const done = await this.#desk.act(() => ask("POST", path));
    if (done === null) return;
    const { approved, refused } = this.#desk.words.requests;
    this.again();
    this.#desk.say(decision === "approval" ? approved : refused);
  }

  askExport(query: string): Promise<boolean> {
    return this.#ask({ kind: "export", asked: { query } });
  }

  askRetention(name: string, length: number): Promise<boolean> {
    return this.#ask({ kind: "retention", asked: { name, length } });
  }

  /** Where an approved export is downloaded. */
  file(id: string): string {
    return `${API}/staff/requests/${encodeURIComponent(id)}/export`;
  }

  async #ask(body: object): Promise<boolean> {
    const done = await this.#desk.act(() => ask("POST", "/staff/requests", body));
    if (done === null) return false;
    this.again();
    this.#desk.say(this.#desk.words.requests.done);
    return true;
  }
}
