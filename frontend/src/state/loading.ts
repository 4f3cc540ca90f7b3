/** What a page needs from the API, asked for once; a newer question ends the one before it. */
import * as cases from "../api/cases.ts";
import { Failure } from "../api/client.ts";
import { readOptions } from "../api/filters.ts";
import { readStats } from "../api/stats.ts";
import type { CaseDocument, Tombstone } from "../api/types.ts";
import type { Store } from "../parts/store.ts";
import { changed, FILTER_NAMES, filterQuery } from "./filters.ts";
import { idle } from "./idle.ts";
import {
  type Chosen,
  type Listed,
  NOTHING,
  type Opened,
  type Remote,
  type State,
} from "./store.ts";
import { type Page, replace } from "./url.ts";

/** No more pages than this are loaded again when a reader comes back. */
const MOST_PAGES = 10;

type Slot = "list" | "options" | "opened" | "stats" | "chosen" | "more";

export class Loading {
  readonly #store: Store<State>;
  readonly #running = new Map<Slot, AbortController>();
  #optionsFor: string | null = null;
  #statsFor: string | null = null;

  constructor(store: Store<State>) {
    this.#store = store;
    const { page, stats } = store.state;
    if (stats.data) this.#statsFor = statsKey(page, Object.keys(stats.data.by));
  }

  /** The first time: a list that the server sent along is shown before more is asked for. */
  async begin(pages: number): Promise<void> {
    const { page, list } = this.#store.state;
    const { region, industry } = page.filters;
    if (page.view !== "list" || list.data === null || pages > 1 || region || industry)
      await this.load(pages);
    else void idle().then(() => this.load(pages));
  }

  /** Everything the page in the address shows; `pages` of the list. */
  async load(pages: number): Promise<void> {
    const { page } = this.#store.state;
    if (page.view === "case") return await this.#case(page.id ?? "");
    const options = this.#options();
    if (page.view === "list") await this.#list(Math.min(pages, MOST_PAGES));
    // A chosen place or industry has more selects, which are known only with the options.
    const { region, industry } = page.filters;
    if (page.view !== "list" || region || industry) await options;
  }

  /** Once more for whatever did not come. */
  async again(): Promise<void> {
    const { stats } = this.#store.state;
    if (stats.status === "failed") {
      this.#statsFor = null;
      // Whoever shows statistics asks for them at the next drawing.
      this.#store.set({ stats: { ...stats, status: "idle", failure: null } });
    }
    await this.load(1);
  }

  async #list(pages: number): Promise<void> {
    const { page, list } = this.#store.state;
    const key = `${filterQuery(page.filters)}|${page.sort}`;
    if (list.data?.key !== key || list.status === "failed") {
      await this.#ask("list", list, async (signal): Promise<Listed> => {
        const request = { filters: filterQuery(page.filters), sort: page.sort, cursor: null };
        const answer = await cases.listCases(request, signal);
        const { items, next } = answer;
        return { answer, items, next, pages: 1, more: "idle", key };
      });
    }
    while ((this.#store.state.list.data?.pages ?? pages) < pages) {
      const before = this.#store.state.list.data?.pages;
      await this.more();
      if (this.#store.state.list.data?.pages === before) break;
    }
  }

  /** The next page of the list, under those that are there. */
  async more(): Promise<void> {
    const { list, page } = this.#store.state;
    const held = list.data;
    if (!held?.next || held.more === "loading") return;
    this.#put({ ...held, more: "loading" });
    const signal = this.#begin("more");
    try {
      const request = { filters: filterQuery(page.filters), sort: page.sort, cursor: held.next };
      const { items, next } = await cases.listCases(request, signal);
      const all = [...held.items, ...items];
      this.#put({ ...held, items: all, next, pages: held.pages + 1, more: "idle" });
    } catch {
      if (!signal.aborted) this.#put({ ...held, more: "failed" });
    }
  }

  #put(data: Listed): void {
    this.#store.set({ list: { ...this.#store.state.list, data } });
  }

  async #options(): Promise<void> {
    const { page, options } = this.#store.state;
    const filters = filterQuery(page.filters);
    if (this.#optionsFor === filters && options.status !== "failed") return;
    this.#optionsFor = filters;
    await this.#ask("options", options, (signal) => readOptions(filters, signal));
  }

  async #case(id: string): Promise<void> {
    const { opened } = this.#store.state;
    if (opened.data?.id === id && opened.status === "ready" && opened.data.revisions) return;
    const held = opened.data?.id === id ? opened : NOTHING;
    await this.#ask("opened", held, async (signal): Promise<Opened> => {
      const known = held.data;
      const [document, revisions] = await Promise.all([
        known?.document ?? known?.gone ?? this.#documentOrTombstone(id, signal),
        cases.readRevisions(id, signal).catch(() => null),
      ]);
      return { id, ...apart(document), revisions };
    });
    this.#followMerge(id);
  }

  /** A case that was merged into another answers as that one. */
  #followMerge(id: string): void {
    const { opened, page } = this.#store.state;
    const target = opened.data?.document?.id;
    if (target === undefined || target === id || page.id !== id) return;
    const next = { ...page, id: target };
    replace(next);
    this.#store.set({
      page: next,
      opened: { ...opened, data: { ...opened.data, id: target } as Opened },
    });
  }

  async #documentOrTombstone(id: string, signal: AbortSignal): Promise<CaseDocument | Tombstone> {
    try {
      return await cases.readCase(id, signal);
    } catch (error) {
      if (error instanceof Failure && error.status === 410) return error.problem as Tombstone;
      throw error;
    }
  }

  async stats(by: readonly string[]): Promise<void> {
    const { page, stats } = this.#store.state;
    const filters = filterQuery(page.filters);
    const key = statsKey(page, by);
    // Also where it failed: only a reader's "try again" asks a second time.
    if (this.#statsFor === key) return;
    this.#statsFor = key;
    await this.#ask("stats", stats, (signal) => readStats(filters, by, signal));
  }

  async chosen(chosen: Omit<Chosen, "cases"> | null): Promise<void> {
    const signal = this.#begin("chosen");
    if (chosen === null || chosen.bbox === null) {
      this.#store.set({ chosen: chosen && { ...chosen, cases: NOTHING } });
      return;
    }
    const put = (held: Chosen["cases"]) => this.#store.set({ chosen: { ...chosen, cases: held } });
    put({ ...NOTHING, status: "loading" });
    const { page } = this.#store.state;
    const filters = filterQuery(changed(page.filters, { bbox: chosen.bbox }));
    try {
      const request = { filters, sort: page.sort, cursor: null, limit: 200 };
      put({ data: await cases.listCases(request, signal), status: "ready", failure: null });
    } catch (error) {
      if (!signal.aborted) put({ data: null, status: "failed", failure: asFailure(error) });
    }
  }

  /** Keeps what is there until the answer has come, and also when it does not come. */
  async #ask<T>(
    slot: "list" | "options" | "opened" | "stats",
    held: Remote<T>,
    question: (signal: AbortSignal) => Promise<T>,
  ): Promise<void> {
    const signal = this.#begin(slot);
    const put = (next: Remote<T>) => this.#store.set({ [slot]: next });
    put({ ...held, status: "loading", failure: null });
    try {
      put({ data: await question(signal), status: "ready", failure: null });
    } catch (error) {
      if (signal.aborted) return;
      const failure = asFailure(error);
      if (!this.#dropRefused(failure)) put({ ...held, status: "failed", failure });
    }
  }

  /** A refused parameter is left out, named, and the rest is asked again. */
  #dropRefused(failure: Failure): boolean {
    const { page, ignored } = this.#store.state;
    const names = (failure.problem?.errors ?? []).map((fault) => fault.parameter);
    const refused = FILTER_NAMES.filter((name) => names.includes(name) && page.filters[name]);
    if (failure.status !== 422 || refused.length === 0) return false;
    const without = Object.fromEntries(refused.map((name) => [name, null]));
    const next = { ...page, filters: changed(page.filters, without) };
    replace(next);
    this.#store.set({ page: next, ignored: [...new Set([...ignored, ...refused])] });
    void this.load(1);
    return true;
  }

  #begin(slot: Slot): AbortSignal {
    this.#running.get(slot)?.abort();
    if (slot === "list") this.#running.get("more")?.abort();
    const controller = new AbortController();
    this.#running.set(slot, controller);
    return controller.signal;
  }
}

function statsKey({ filters }: Page, by: readonly string[]): string {
  return `${filterQuery(filters)}|${by.join(",")}`;
}

function apart(answer: CaseDocument | Tombstone): Pick<Opened, "document" | "gone"> {
  return "status" in answer ? { document: null, gone: answer } : { document: answer, gone: null };
}

function asFailure(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure(0, null);
}
