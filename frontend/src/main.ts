/** The entry: takes over the page that the server made, and draws it again whenever something changes. */
import { html, render } from "lit-html";
import type { Lang } from "./i18n/format.ts";
import { wordsOf } from "./i18n/index.ts";
import { Focus } from "./page/focus.ts";
import { followFrame } from "./page/frame.ts";
import { Rooms } from "./page/rooms.ts";
import { keepingInput, servedParts } from "./page/served.ts";
import { allowOwnWorker } from "./page/trusted.ts";
import { Actions } from "./state/actions.ts";
import { readConfig } from "./state/config.ts";
import { readFilters } from "./state/filters.ts";
import { idle, painted } from "./state/idle.ts";
import { initialState } from "./state/initial.ts";
import { followLinks } from "./state/links.ts";
import { watchScrolling } from "./state/scrolling.ts";
import { Store } from "./state/store.ts";
import { here } from "./state/url.ts";
import { board } from "./views/board.ts";
import { casePage } from "./views/case/index.ts";
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
let served = servedParts(root);
const before = [...root.childNodes];
const end = root.appendChild(document.createComment(""));
let takenOver = false;
let listed = false;

function draw(): void {
  const { state } = store;
  const scene: Scene = { state, act, words: wordsOf(lang), lang, served };
  const graphs = rooms.graphs(scene);
  // What the server sent stays in view until the script can show as much.
  if (!takenOver && state.page.view === "graphs" && graphs === null) return;
  if (!takenOver) {
    takenOver = true;
    void settle();
  }
  root.dataset.view = state.page.view;
  // Once made it stays, so that Back finds it as it was left.
  listed ||= state.page.view === "list";
  render(
    html`${listed ? board(scene, rooms.map(scene)) : ""} ${graphs ?? ""}
    ${state.page.view === "case" ? casePage(scene) : ""} ${panes(scene)}
    ${rooms.dialogs(scene)}`,
    root,
    { renderBefore: end },
  );
  // What is kept has moved by now; to take all out first would lay it out twice.
  for (const node of before.splice(0)) node.remove();
  document.title = documentTitle(scene);
  followFrame(document, state.page);
  focus.follow(root, state.page);
  rooms.drawn(root, scene);
}

/** In small tasks: a slow phone shows what the server sent, and answers the reader, in between. */
async function begin(): Promise<void> {
  await painted();
  followLinks(document, act);
  await act.start();
  store.listen(draw);
  keepingInput(root, draw);
}

/** The rest of the first drawing, a part at a time. */
async function settle(): Promise<void> {
  for (const part of ["list", "charts", "above"] as const) {
    if (served[part] === null) continue;
    await idle();
    served = { ...served, [part]: null };
    keepingInput(root, draw);
  }
  await idle();
  watchScrolling(root, store, act);
  void rooms.prepare();
}

void begin();
