/** What imports could not match, what staff map it to, and how far that work is. */
import type { Mapping, Unmatched } from "../api/case_types.ts";
import { listMappings, listUnmatched, mapTerm } from "../api/cases.ts";
import { Asked } from "./asked.ts";
import type { Desk } from "./desk.ts";

const PAUSE = 1500;
type Page = { total: number; items: readonly Unmatched[]; next: string | null };

export class Terms {
  kind = "";
  readonly unmatched: Asked<Page>;
  readonly mappings: Asked<readonly Mapping[]>;
  readonly #desk: Desk;
  /** Choices that are not sent yet, by kind and string. */
  readonly #chosen = new Map<string, string>();
  #timer = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.unmatched = new Asked(desk);
    this.mappings = new Asked(desk);
  }

  show(kind: string): void {
    this.kind = kind;
    void this.unmatched.ask(() => listUnmatched(kind, null));
    void this.#follow();
  }

  async more(): Promise<void> {
    const held = this.unmatched.data;
    if (held === null || held.next === null) return;
    await this.unmatched.ask(async () => {
      const page = await listUnmatched(this.kind, held.next);
      return { ...page, items: [...held.items, ...page.items] };
    });
  }

  choose(row: Unmatched, code: string): void {
    this.#chosen.set(`${row.kind} ${row.stated}`, code);
    this.#desk.changed();
  }

  chosen(row: Unmatched): string {
    return this.#chosen.get(`${row.kind} ${row.stated}`) ?? row.guess ?? "";
  }

  /** Answers how many rows are left to change, or null where it was refused. */
  async map(row: Unmatched): Promise<number | null> {
    const done = await this.#desk.act(() => mapTerm(row.kind, row.stated, this.chosen(row)));
    const held = this.unmatched.data;
    if (done === null || held === null) return null;
    const items = held.items.filter((one) => one !== row);
    this.unmatched.set({ ...held, items, total: held.total - 1 });
    void this.#follow();
    return done.answer.left;
  }

  leave(): void {
    clearTimeout(this.#timer);
  }

  /** Looks again until the work is done. */
  async #follow(): Promise<void> {
    clearTimeout(this.#timer);
    const items = await this.mappings.ask(() => listMappings().then((answer) => answer.items));
    if (!items?.some(({ left }) => left > 0)) return;
    this.#timer = window.setTimeout(() => void this.#follow(), PAUSE);
  }
}
