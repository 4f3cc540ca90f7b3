/** The entry: takes over the page that the server made, and draws it again whenever something changes. */
import { html, render } from "lit-html";
import type { Lang } from "./i18n/format.ts";
import { wordsOf } from "./i18n/index.ts";
import { Focus } from "./page/focus.ts";
import { followFrame } from "./page/frame.ts";
import { Rooms } from "./page/rooms.ts";
import { allowOwnWorker } from "./page/trusted.ts";
import { Actions } from "./state/actions.ts";
import { readConfig } from "./state/config.ts";
import { readFilters } from "./state/filters.ts";
import { initialState } from "./state/initial.ts";
import { followLinks } from "./state/links.ts";
import { watchScrolling } from "./state/scrolling.ts";
import { Store } from "./state/store.ts";
import { here } from "./state/url.ts";
import { board } from "./views/board.ts";
import { casePage } from "./views/case/index.ts";
import { dialogs } from "./views/dialogs.ts";
import { panes } from "./views/panes.ts";
import type { Scene } from "./views/scene.ts";
import { documentTitle } from "./views/title.ts";

allowOwnWorker();
const config = readConfig(document);
const lang: Lang = config.lang;
const page = { ...here(), filters: readFilters(new URLSearchParams(config.query)) };
const store = new Store(initialState(config, page));
const act = new Actions(store);
const app = document.getElementById("app");
if (!app) throw new Error("the page has no room for the views");
const rooms = new Rooms(draw);
const root: HTMLElement = app;
const focus = new Focus();
let takenOver = false;

function draw(): void {
  const { state } = store;
  const scene: Scene = { state, act, words: wordsOf(lang), lang };
  const graphs = rooms.graphs(scene);
  // What the server sent stays in view until the script can show as much.
  if (!takenOver && state.page.view === "graphs" && graphs === null) return;
  if (!takenOver) {
    takenOver = true;
    root.replaceChildren();
  }
  root.dataset.view = state.page.view;
  render(
    html`${board(scene, rooms.map(scene))} ${graphs ?? ""}
    ${state.page.view === "case" ? casePage(scene) : ""} ${panes(scene)}
    ${dialogs(scene)}`,
    root,
  );
  document.title = documentTitle(scene);
  followFrame(document, state.page);
  focus.follow(root, state.page);
  rooms.drawn(root, scene);
}

function begin(): void {
  followLinks(document, act);
  watchScrolling(root, store, act);
  void act.start().then(() => {
    store.listen(draw);
    draw();
  });
}

// In a task of its own: a slow phone shows what the server sent between reading this and drawing.
setTimeout(begin);
