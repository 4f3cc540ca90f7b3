/** Export: every format of the API for the present view, as plain links. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatNumber, tidy } from "../../i18n/format.ts";
import { totalOf } from "../filters/options.ts";
import type { Scene } from "../scene.ts";
import { exportPath } from "./addresses.ts";

const FORMATS = ["xls", "xlsx", "csv", "geojson", "ndjson"] as const;
/** What the old format holds; the API refuses more. */
const MOST_XLS = 130_000;

export function exportBody(scene: Scene): TemplateResult {
  const { state, act, words, lang } = scene;
  const { filters } = state.page;
  const total = totalOf(scene);
  const [before, count, after] = words.dialogs.exportLead(
    total === null ? "…" : formatNumber(total, lang),
  );
  const applied = state.options.data?.applied ?? state.list.data?.answer.filters;
  return html`<p>${before}<strong>${count}</strong>${after}</p>
    ${applied ? html`<p class="note">${tidy(applied.sentence[lang] ?? "")}</p>` : nothing}
    <ul class="formats">
      ${FORMATS.map((format) => {
        const refused = format === "xls" && total !== null && total > MOST_XLS;
        return html`<li>
          ${
            refused
              ? html`<span class="button" aria-disabled="true">.${format}</span>`
              : html`<a
                  class="button"
                  data-format=${format}
                  href=${exportPath(format, filters, lang)}
                  download
                  >.${format}</a
                >`
          }
          <span>${refused ? words.dialogs.tooMany : words.dialogs.formats[format]}</span>
        </li>`;
      })}
    </ul>
    <p class="note">${words.dialogs.exportNote}</p>
    <p>
      <button type="button" data-tool="code" @click=${() => act.openDialog("code")}>
        ${words.dialogs.useInCode}
      </button>
    </p>`;
}
