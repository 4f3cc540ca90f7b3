/** One's own tokens; a new one is shown once. */
import { ask } from "../api/client.ts";
import type { NewToken, Scope, Token } from "../api/types.ts";
import { Asked } from "./asked.ts";
import type { Desk } from "./desk.ts";

export class Tokens {
  readonly list: Asked<{ readonly items: readonly Token[] }>;
  made: NewToken | null = null;
  /** The id of the one that is revoked at the second press. */
  sure: string | null = null;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.list = new Asked(desk);
  }

  open(): void {
    this.sure = null;
    void this.list.ask(() => ask("GET", "/staff/tokens"));
  }

  press(id: string | null): void {
    this.sure = id;
    this.#desk.changed();
  }

  async create(label: string, scopes: readonly Scope[], days: number): Promise<boolean> {
    const body = { label, scopes, days };
    const made = await this.#desk.act(() => ask<NewToken>("POST", "/staff/tokens", body));
    if (made === null) return false;
    this.made = made.answer;
    this.open();
    return true;
  }

  async revoke(id: string): Promise<void> {
    const path = `/staff/tokens/${encodeURIComponent(id)}`;
    const done = await this.#desk.act(() => ask("DELETE", path));
    if (done === null) return;
    if (this.made?.id === id) this.made = null;
    this.open();
    this.#desk.say(this.#desk.words.tokens.removed);
  }

  stored(): void {
    this.made = null;
    this.#desk.changed();
  }
}
