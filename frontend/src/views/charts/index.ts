/** The graphs, loaded when they are opened: the filters as beside the list, then one figure a question. */
import { html, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import "../../styles/charts.css";
import { chartWordsOf } from "../../i18n/charts.ts";
import { formatNumber } from "../../i18n/format.ts";
import type { State } from "../../state/store.ts";
import { address } from "../../state/url.ts";
import { above } from "../above.ts";
import type { Scene } from "../scene.ts";
import { chart } from "./figure.ts";
import { figuresOf } from "./figures.ts";
import { dimensionsOf } from "./kinds.ts";

export { prepare } from "./drawing.ts";
export { drawn } from "./mount.ts";

/** What the statistics have to be asked for, for the map that is chosen. */
export function dimensions(state: State): readonly string[] {
  return dimensionsOf(state.page.filters.map ?? "calls");
}

export function graphs(scene: Scene): TemplateResult {
  const { state, words } = scene;
  return html`<main id="main" class="graphs" tabindex="-1">
    <section class="side" aria-label=${words.list.tools}>
      <p class="back">
        <a class="tool" data-tool="list" href=${address({ ...state.page, view: "list" })}
          >${words.shell.backToList}</a
        >
      </p>
      ${above(scene, state.stats)}
    </section>
    ${charts(scene)}
  </main>`;
}

function charts(scene: Scene): TemplateResult {
  const { state, lang, words } = scene;
  const own = chartWordsOf(lang);
  const stats = state.stats.data;
  const busy = state.stats.status === "loading";
  if (stats === null) {
    const text = state.stats.status === "failed" ? "" : own.loading;
    return html`<section class="charts" aria-label=${own.label} aria-busy=${busy}>
      <div class="charts-head"><h2>${own.label}</h2></div>
      <p class="waiting">${text}</p>
    </section>`;
  }
  const [before, count, after] = words.list.cases(formatNumber(stats.total, lang));
  return html`<section
    class="charts"
    aria-label=${own.label}
    aria-busy=${busy}
    data-total=${stats.total}
  >
    <div class="charts-head">
      <h2>${own.label}</h2>
      <p role="status">${before}<strong>${count}</strong>${after}</p>
    </div>
    ${stats.total === 0 ? html`<p class="none">${own.none}</p>` : ""}
    <div class="figures">
      ${repeat(
        figuresOf(scene),
        (figure) => figure.name,
        (figure) => scene.served.figures.get(figure.name) ?? chart(scene, figure),
      )}
    </div>
  </section>`;
}
