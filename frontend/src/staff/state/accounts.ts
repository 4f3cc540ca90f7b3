/** Who has an account; what a new one was given stays in view until it was handed over. */
import { ask } from "../api/client.ts";
import type { Account, Given, Role } from "../api/types.ts";
import { Asked } from "./asked.ts";
import type { Desk } from "./desk.ts";

export type AccountAct = "disable" | "enable" | "unlock" | "reset";

export class Accounts {
  readonly list: Asked<{ readonly items: readonly Account[] }>;
  given: Given | null = null;
  /** What has been pressed once and is done at the second press: "reset/zhou". */
  sure: string | null = null;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.list = new Asked(desk);
  }

  open(): void {
    this.sure = null;
    void this.list.ask(() => ask("GET", "/staff/accounts"));
  }

  press(pressed: string | null): void {
    this.sure = pressed;
    this.#desk.changed();
  }

  async create(name: string, role: Role): Promise<boolean> {
    const made = await this.#desk.act(() => ask<Given>("POST", "/staff/accounts", { name, role }));
    if (made) this.#hand(made.answer);
    return made !== null;
  }

  async act(name: string, act: AccountAct): Promise<void> {
    this.sure = null;
    const path = `/staff/accounts/${encodeURIComponent(name)}/${act}`;
    const done = await this.#desk.act(() => ask<Given | null>("POST", path));
    if (done === null) return;
    if (act === "reset" && done.answer) this.#hand(done.answer);
    else this.#done();
    this.#alarm(name, act);
  }

  async give(name: string, role: Role): Promise<void> {
    const path = `/staff/accounts/${encodeURIComponent(name)}/role`;
    const done = await this.#desk.act(() => ask("POST", path, { role }));
    if (done) this.#done();
    else this.open();
  }

  handed(): void {
    this.given = null;
    this.#desk.changed();
  }

  #hand(given: Given): void {
    this.given = given;
    this.open();
  }

  #done(): void {
    this.open();
    this.#desk.say(this.#desk.words.accounts.done);
  }

  /** The line about it goes as soon as somebody has looked. */
  #alarm(name: string, act: AccountAct): void {
    const { me } = this.#desk.state;
    if (!me || act !== "unlock") return;
    const alarms = (me.alarms ?? []).filter((each) => each !== name);
    this.#desk.store.set({ me: { ...me, alarms } });
  }
}
