/** What a reader can do, and what follows from it: the address changes, then what it needs is asked for. */

import type { Store } from "../parts/store.ts";
import { changed, type FilterName } from "./filters.ts";
import { Loading } from "./loading.ts";
import type { Chosen, Dialog, State } from "./store.ts";
import * as url from "./url.ts";

export type Changes = Partial<Record<FilterName, string | null>>;

export class Actions {
  readonly #store: Store<State>;
  readonly #loading: Loading;

  constructor(store: Store<State>) {
    this.#store = store;
    this.#loading = new Loading(store);
  }

  /** Begins: what the server did not send along is asked for; Back and Forward are followed. */
  start(): Promise<void> {
    const follow = (page: url.Page, mark: url.Mark): void => {
      this.#store.set({ page, dialog: null, chosen: null, ignored: [], cutKeyword: false });
      void this.#loading.load(mark.pages).then(() => this.#scroll(mark.y));
    };
    url.follow(follow);
    if (url.hasMoved()) follow(url.here(), url.mark());
    return this.#loading.begin(url.mark().pages);
  }

  /** After the first drawing: down to where the reader was, if he has come back. */
  arrive(): void {
    const { y } = url.mark();
    if (y > 0) this.#scroll(y);
  }

  /** Sets or (null) takes away filters and shows what matches then; Back undoes it. */
  setFilters(changes: Changes): void {
    const { page } = this.#store.state;
    const view = page.view === "case" ? "list" : page.view;
    // Advanced Search stays open: one filter after another is set in it.
    const { dialog } = this.#store.state;
    const next = { ...page, view, id: null, filters: changed(page.filters, changes) };
    this.#go(next, dialog === "advanced" ? dialog : null);
  }

  setSort(sort: url.Sort): void {
    this.#go({ ...this.#store.state.page, sort });
  }

  /** Goes to an address of this page, as a link does. */
  visit(address: string): void {
    const { pathname, search } = new URL(url.absolute(address));
    const page = url.read({ pathname, search });
    const { at, show } = this.#store.state.page;
    // The map stays where it is; what a phone has in front is only changed by being asked for.
    this.#go({ ...page, at: page.at ?? at, show: page.view === "list" ? page.show : show });
  }

  /** Leaves an open case for the list it was opened from. */
  close(): void {
    if (url.mark().within) url.back();
    else this.#go({ ...this.#store.state.page, view: "list", id: null });
  }

  openCase(id: string): void {
    this.#go({ ...this.#store.state.page, view: "case", id });
  }

  /** On phones: brings the map or the list to the front. */
  show(pane: "list" | "map"): void {
    const { page } = this.#store.state;
    const there = page.view === "list";
    if (there && page.show === "map" && pane === "list" && url.mark().within) url.back();
    else this.#go({ ...page, view: "list", id: null, show: pane });
  }

  loadMore(): void {
    void this.#loading.more().then(() => this.remember());
  }

  /** Asks again for whatever did not come. */
  retry(): void {
    void this.#loading.again();
  }

  openDialog(dialog: Dialog | null): void {
    this.#store.set({ dialog });
  }

  /** Statistics by these dimensions, for the graphs. */
  loadStats(by: readonly string[]): void {
    void this.#loading.stats(by);
  }

  /** Something on the map was chosen; cases that share a point are listed. */
  choose(chosen: Omit<Chosen, "cases"> | null): void {
    void this.#loading.chosen(chosen);
  }

  /** The map was moved (null: to the whole country): the address follows, without a new entry. */
  moved(at: url.Position | null): void {
    const page = { ...this.#store.state.page, at };
    this.#store.set({ page });
    if (page.view === "list") url.replace(page);
  }

  setChoropleth(choropleth: boolean): void {
    this.#store.set({ choropleth });
  }

  noteCutKeyword(): void {
    this.#store.set({ cutKeyword: true });
  }

  /** Keeps in the history entry how much was loaded and how far down the reader is. */
  remember(): void {
    const { page, list } = this.#store.state;
    const y = page.view === "list" ? Math.round(scrollY) : 0;
    url.replace(page, { pages: list.data?.pages ?? 1, y });
  }

  #go(page: url.Page, dialog: Dialog | null = null): void {
    this.remember();
    const before = this.#store.state.page;
    if (url.address(page) !== url.address(before)) url.push(page);
    this.#store.set({ page, dialog, chosen: null, ignored: [], cutKeyword: false });
    void this.#loading.load(1);
    const moves = page.view !== before.view || page.show !== before.show;
    if (moves || page.id !== before.id) this.#scroll(0);
  }

  #scroll(y: number): void {
    const { dataset } = document.documentElement;
    // Rows that were never in sight have a size that is guessed: too coarse to find a place again.
    if (y > 0) dataset.whole = "";
    // After the views were drawn from what has just been set.
    requestAnimationFrame(() => {
      const map = this.#store.state.page.show === "map" ? frontMap() : null;
      if (y === 0 && map) map.scrollIntoView({ behavior: "instant" });
      else scrollTo({ top: y, behavior: "instant" });
      // By the frame after the next each row knows its own size.
      requestAnimationFrame(() => requestAnimationFrame(() => delete dataset.whole));
    });
  }
}

/** The page with the map in front, which fills a phone's screen; beside the list nothing moves. */
function frontMap(): Element | null {
  return document.querySelector('.board[data-pane="map"]:not([hidden])');
}
