/** One alert that is open: read once, assigned, decided on, made into a case. */
import { API, ask } from "../api/client.ts";
import type { AlertState, OpenedAlert } from "../api/types.ts";
import { Asked } from "./asked.ts";
import type { Desk } from "./desk.ts";

/** What staff set by hand; the others are their sender's, or follow from publishing. */
export const BY_HAND = ["received", "checking", "rejected", "spam"] as const;

export class OneAlert {
  readonly read: Asked<OpenedAlert>;
  readonly #desk: Desk;
  #id: string | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.read = new Asked(desk);
  }

  /** Every reading is in the audit trail, so what is there is not asked for again. */
  open(id: string): void {
    if (this.#id === id && (this.read.data !== null || this.read.status === "loading")) return;
    if (this.#id !== id) this.read.clear();
    this.#id = id;
    this.again();
  }

  again(): void {
    void this.read.ask(() => ask("GET", this.#path()));
  }

  /** Nothing of it stays in memory once the list is in view. */
  close(): void {
    this.#id = null;
    this.read.clear();
  }

  /** Whether staff may still set its state: a withdrawal and a publication are final. */
  get undecided(): boolean {
    const state = this.read.data?.state;
    return state !== undefined && state !== "published" && state !== "withdrawn";
  }

  async assign(assignee: string | null): Promise<void> {
    const path = `${this.#path()}/assignment`;
    const done = await this.#desk.act(() => ask("POST", path, { assignee }));
    if (done) this.#changed({ assignee });
  }

  async decide(state: AlertState, reason: string | null): Promise<void> {
    const path = `${this.#path()}/decision`;
    const done = await this.#desk.act(() => ask("POST", path, { state, reason }));
    if (done === null) return;
    this.#changed({ state, reason, changed_on: null, flagged: false, later: 0 });
    this.#desk.say(this.#desk.words.alert.saved);
  }

  /** A draft of it, which is then in view. */
  async makeCase(): Promise<void> {
    const path = `${this.#path()}/case`;
    const done = await this.#desk.act(() => ask<{ readonly id: string }>("POST", path));
    if (done === null) return;
    const { id } = done.answer;
    this.#changed({ case_id: id, state: "checking" });
    this.#desk.go({ room: "cases", id });
    this.#desk.say(this.#desk.words.alert.made);
  }

  /** Where a file is downloaded; `addition` files have ids of their own. */
  file(id: string, original: boolean): string {
    const query = original ? "?original=true" : "";
    return `${API}${this.#path()}/files/${encodeURIComponent(id)}${query}`;
  }

  #changed(changes: Partial<OpenedAlert>): void {
    const { data } = this.read;
    if (data !== null) this.read.set({ ...data, ...changes });
  }

  #path(): string {
    return `/staff/alerts/${encodeURIComponent(this.#id ?? "")}`;
  }
}
