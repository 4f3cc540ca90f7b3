/** The main page: filters and list at the side, the map beside it; on phones one of the two in front. */
import { html, nothing, type TemplateResult } from "lit-html";
import { address } from "../state/url.ts";
import { above } from "./above.ts";
import { caseList } from "./list.ts";
import type { Scene } from "./scene.ts";

/** `map` is the panel around the map, if it is wanted. Hidden, not removed, while a case or the graphs are shown. */
export function board(scene: Scene, map: TemplateResult | typeof nothing): TemplateResult {
  const { state, words, lang } = scene;
  const { page } = state;
  const shown = page.view === "list";
  const asServed = state.list.data?.items === state.config.list?.items;
  return html`<main
    id=${shown ? "main" : nothing}
    class="board"
    tabindex="-1"
    data-pane=${page.show}
    ?hidden=${!shown}
  >
    <section class="side" aria-label=${words.list.label}>
      ${shown ? above(scene, state.list) : nothing}
      <p class="selection">
        ${words.list.selection} <a href=${lang === "en" ? "/about?lang=en" : "/about?lang=zh"}>${words.list.about}</a>
      </p>
      ${(asServed && scene.served.list) || caseList(scene)}
      <p class="lower">
        <a class="tool" data-tool="graphs" href=${address({ ...page, view: "graphs" })}>${words.list.graphs}</a>
      </p>
    </section>
    ${map}
  </main>`;
}
