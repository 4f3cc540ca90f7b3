/** What every room may do with the shell around it: go somewhere, say something, act. */
import type { Lang } from "../../i18n/format.ts";
import { type StaffWords, wordsOf } from "../../i18n/staff.ts";
import type { Store } from "../../parts/store.ts";
import { Refusal } from "../api/client.ts";
import type { Me } from "../api/types.ts";
import type { State } from "./store.ts";
import { address, type Page, push, type Query, type RoomName, replace } from "./url.ts";

/** Where to go; what is left out is null or empty. */
export interface Place {
  readonly room: RoomName;
  readonly id?: string | null;
  readonly query?: Query;
}

export class Desk {
  readonly store: Store<State>;
  readonly #browser: Lang;
  /** What each room's list was narrowed to when it was last seen. */
  readonly #lists = new Map<RoomName, Query>();
  #busy = 0;

  /** `browser`: the language for an address that names none. */
  constructor(store: Store<State>, browser: Lang) {
    this.store = store;
    this.#browser = browser;
  }

  get state(): State {
    return this.store.state;
  }

  get lang(): Lang {
    return this.state.page.lang ?? this.#browser;
  }

  get words(): StaffWords {
    return wordsOf(this.lang);
  }

  /** Whoever is logged in; a room is only ever drawn for somebody. */
  get me(): Me {
    const { me } = this.state;
    if (!me) throw new Error("nobody is logged in");
    return me;
  }

  /** Whether something is being done, so that it is not done twice. */
  get busy(): boolean {
    return this.#busy > 0;
  }

  /** Whether this login may: "POST /staff/cases". */
  may(operation: string): boolean {
    return this.state.me?.operations.includes(operation) ?? false;
  }

  /** Draws anew. */
  changed(): void {
    this.store.set({});
  }

  /** The address of a place, for links; they are followed without leaving the page. */
  href({ room, id = null, query = {} }: Place): string {
    return address({ room, id, query, lang: this.state.page.lang });
  }

  go(place: Place): void {
    this.visit({ id: null, query: {}, ...place, lang: this.state.page.lang });
  }

  visit(page: Page): void {
    push(page);
    this.arrive(page);
  }

  /** The list of a room as it was when it was left. */
  list(room: RoomName): Place {
    return { room, query: this.#lists.get(room) ?? {} };
  }

  /** Narrows what is in view: the same entry of the history, another query. */
  narrow(changes: Readonly<Record<string, string | null>>): void {
    const { page } = this.state;
    const kept = Object.entries({ ...page.query, ...changes }).filter(([, value]) => value);
    const narrowed: Page = { ...page, query: Object.fromEntries(kept) as Query };
    replace(narrowed);
    this.arrive(narrowed);
  }

  /** The page is there already: by going back, or at the start. */
  arrive(page: Page): void {
    const before = this.state.page;
    if (page.room !== null && page.id === null) this.#lists.set(page.room, page.query);
    const same = before.room === page.room && before.id === page.id;
    this.store.set({ page, menu: false, ...(same ? {} : { said: null }) });
  }

  say(text: string): void {
    this.store.set({ said: { text, trouble: false, faults: [] } });
  }

  quiet(): void {
    if (this.state.said !== null) this.store.set({ said: null });
  }

  /** Says what was refused, in the words of the answer. */
  refused(refusal: Refusal): void {
    const { words, lang } = this;
    const text = refusal.body?.titles[lang] ?? words.shell.away;
    const after = refusal.after === null ? "" : words.shell.after(refusal.after);
    const faults = (refusal.body?.errors ?? []).map((fault) =>
      fault.parameter === null ? fault[lang] : words.shell.fault(fault.parameter, fault[lang]),
    );
    this.store.set({ said: { text: text + after, trouble: true, faults } });
  }

  /**
   * Does something that changes what is stored, once at a time. The answer in an object, or null
   * where it was refused, which is said at the head of the page; `own` kinds are left to the caller.
   */
  async act<T>(
    question: () => Promise<T>,
    own: (refusal: Refusal) => boolean = () => false,
  ): Promise<{ readonly answer: T } | null> {
    if (this.busy) return null;
    this.#busy += 1;
    this.quiet();
    this.changed();
    try {
      return { answer: await question() };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!own(error)) this.refused(error);
      return null;
    } finally {
      this.#busy -= 1;
      this.changed();
    }
  }
}
