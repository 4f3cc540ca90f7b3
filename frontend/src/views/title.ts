/** The title of the document, as browsers, bookmarks and histories show it. */
import { either, tidy } from "../i18n/format.ts";
import { applied } from "../state/store.ts";
import type { Scene } from "./scene.ts";

export function documentTitle(scene: Scene): string {
  const { state, words, lang } = scene;
  const own = state.page.view === "case" ? caseTitle(scene) : null;
  const view = state.page.view === "graphs" ? `${words.shell.graphs} · ` : "";
  const filters = applied(state);
  return `${own ?? view + tidy(filters?.sentence[lang] ?? "")} · ${words.shell.name}`;
}

function caseTitle(scene: Scene): string | null {
  const document = scene.state.opened.data?.document;
  const title = document ? either(document.title, scene.lang) : null;
  return title?.text ?? scene.state.page.id;
}
