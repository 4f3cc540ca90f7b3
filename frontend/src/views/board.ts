/** The main page: filters and list at the side, the map beside it; on phones one of the two in front. */
import { html, nothing, type TemplateResult } from "lit-html";
import { address } from "../state/url.ts";
import { filterForm } from "./filters/index.ts";
import { caseList } from "./list.ts";
import { failureLine, ignoredLine } from "./notices.ts";
import type { Scene } from "./scene.ts";
import { sentence } from "./sentence.ts";
import { tools } from "./tools.ts";

/** `map` is the panel around the map. Hidden, not removed, while a case or the graphs are shown. */
export function board(scene: Scene, map: TemplateResult): TemplateResult {
  const { state, words, lang } = scene;
  const { page } = state;
  const shown = page.view === "list";
  return html`<main
    id=${shown ? "main" : nothing}
    class="board"
    tabindex="-1"
    data-pane=${page.show}
    ?hidden=${!shown}
  >
    <section class="side" aria-label=${words.list.label}>
      ${shown ? above(scene) : nothing}
      <p class="selection">
        ${words.list.selection} <a href=${lang === "en" ? "/about?lang=en" : "/about?lang=zh"}>${words.list.about}</a>
      </p>
      ${caseList(scene)}
      <p class="lower">
        <a class="tool" data-tool="graphs" href=${address({ ...page, view: "graphs" })}>${words.list.graphs}</a>
      </p>
    </section>
    ${map}
  </main>`;
}

/** What stands above the list; the graphs have the same above theirs. */
function above(scene: Scene): TemplateResult {
  return html`${tools(scene)} ${filterForm(scene)} ${ignoredLine(scene)}
  ${failureLine(scene, scene.state.list)} ${sentence(scene)}`;
}
