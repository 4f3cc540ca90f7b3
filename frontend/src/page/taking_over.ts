/** Takes over the page that the server made, and draws it again whenever something changes. */
import { html, render } from "lit-html";
import { wordsOf } from "../i18n/index.ts";
import { Store } from "../parts/store.ts";
import { Actions } from "../state/actions.ts";
import { readConfig } from "../state/config.ts";
import { readFilters } from "../state/filters.ts";
import { idle } from "../state/idle.ts";
import { initialState } from "../state/initial.ts";
import { followLinks } from "../state/links.ts";
import { watchScrolling } from "../state/scrolling.ts";
import type { State } from "../state/store.ts";
import { here } from "../state/url.ts";
import { board } from "../views/board.ts";
import { casePage } from "../views/case/index.ts";
import { panes } from "../views/panes.ts";
import type { Scene, Served } from "../views/scene.ts";
import { documentTitle } from "../views/title.ts";
import { Focus } from "./focus.ts";
import { followFrame } from "./frame.ts";
import { Press } from "./press.ts";
import { Rooms } from "./rooms.ts";
import { keepingInput, servedParts } from "./served.ts";
import { allowOwnWorker } from "./trusted.ts";

/** To be called once, when the document is there to its end. */
export function takeOver(): void {
  allowOwnWorker();
  const root = document.getElementById("app");
  if (!root) throw new Error("the page has no room for the views");
  void new Page(root).begin();
}

class Page {
  readonly #root: HTMLElement;
  readonly #store: Store<State>;
  readonly #act: Actions;
  readonly #rooms = new Rooms(() => this.#draw());
  readonly #focus = new Focus();
  readonly #press = new Press(document);
  #served: Served;
  /** What the server made, until the first drawing. */
  readonly #before: ChildNode[];
  readonly #end: Comment;
  #takenOver = false;
  /** The list was shown; it stays, so that Back finds it as it was left. */
  #listed = false;

  constructor(root: HTMLElement) {
    const config = readConfig(document);
    const page = { ...here(), filters: readFilters(new URLSearchParams(config.query)) };
    this.#root = root;
    this.#store = new Store(initialState(config, page));
    this.#act = new Actions(this.#store);
    this.#served = servedParts(root);
    this.#before = [...root.childNodes];
    this.#end = root.appendChild(document.createComment(""));
  }

  /** In small tasks: a slow phone shows what the server sent, and answers the reader, in between. */
  async begin(): Promise<void> {
    followLinks(document, this.#act);
    await this.#act.start();
    await idle();
    await this.#press.over();
    this.#store.listen(() => this.#draw());
    this.#keeping();
    this.#act.arrive();
  }

  /** Draws; what the reader had chosen in a list of the server's is asked for now. */
  #keeping(): void {
    const chosen = keepingInput(this.#root, () => this.#draw());
    if (Object.keys(chosen).length > 0) this.#act.setFilters(chosen);
  }

  #draw(): void {
    const { state } = this.#store;
    const { lang } = state.config;
    const scene: Scene = {
      state,
      act: this.#act,
      words: wordsOf(lang),
      lang,
      served: this.#served,
    };
    const graphs = this.#rooms.graphs(scene);
    // What the server sent stays in view until the script can show as much.
    if (!this.#takenOver && state.page.view === "graphs" && graphs === null) return;
    if (!this.#takenOver) {
      this.#takenOver = true;
      void this.#settle();
    }
    this.#root.dataset.view = state.page.view;
    this.#listed ||= state.page.view === "list";
    render(
      html`${this.#listed ? board(scene, this.#rooms.map(scene)) : ""} ${graphs ?? ""}
      ${state.page.view === "case" ? casePage(scene) : ""} ${panes(scene)}
      ${this.#rooms.dialogs(scene)}`,
      this.#root,
      { renderBefore: this.#end },
    );
    // What is kept has moved by now; to take all out first would lay it out twice.
    for (const node of this.#before.splice(0)) node.remove();
    document.title = documentTitle(scene);
    followFrame(document, state.page);
    this.#focus.follow(this.#root, state.page);
    this.#rooms.drawn(this.#root, scene);
  }

  /** The rest of the first drawing, a part at a time. */
  async #settle(): Promise<void> {
    const { list, figures, above } = this.#served;
    if (list) await this.#replace({ list: null });
    const left = new Map(figures);
    for (const name of figures.keys()) {
      left.delete(name);
      await this.#replace({ figures: new Map(left) });
    }
    if (above) await this.#replace({ above: null });
    await idle();
    watchScrolling(this.#root, this.#store, this.#act);
    void this.#rooms.prepare();
  }

  async #replace(part: Partial<Served>): Promise<void> {
    await idle();
    await this.#press.over();
    this.#served = { ...this.#served, ...part };
    this.#keeping();
  }
}
