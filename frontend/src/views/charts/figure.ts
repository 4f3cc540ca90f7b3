/**
 * One figure: what is counted above the chart, what to know about it below, its table, its files.
 * place.ts fills in the chart, the line under it and the table.
 */
import { html, nothing, type TemplateResult } from "lit-html";
import { chartWordsOf, formatShare } from "../../i18n/charts.ts";
import { formatNumber } from "../../i18n/format.ts";
import type { Scene } from "../scene.ts";
import type { Figure } from "./figures.ts";
import { formOf } from "./place.ts";
import { FORMATS, type Format, save } from "./saving.ts";

export function chart(scene: Scene, figure: Figure): TemplateResult {
  const id = `chart-${figure.name}`;
  return html`<figure class="chart" data-chart=${figure.name} aria-labelledby=${id}>
    <figcaption>
      <h3 id=${id}>${figure.title}</h3>
      <p class="counted">${figure.counted}</p>
    </figcaption>
    ${figure.shares ? forms(scene, figure) : nothing}
    <div class="plot" role="img" aria-label=${alternative(scene, figure)}></div>
    <p class="readout" aria-hidden="true"></p>
    ${figure.notes.map((note) => html`<p class="note">${note}</p>`)}
    <p class="bias">${chartWordsOf(scene.lang).bias}</p>
    <details class="twin">
      <summary>${chartWordsOf(scene.lang).table}</summary>
      <div></div>
    </details>
    ${files(scene, figure)}
  </figure>`;
}

/** What the picture shows in one sentence; the numbers are the table's. */
function alternative({ lang }: Scene, { title, drawn }: Figure): string {
  const words = chartWordsOf(lang);
  const most = drawn.reduce((one, row) => (row.count > one.count ? row : one), {
    label: "",
    count: -1,
    share: 0,
  });
  const { label, count, share } = most;
  return words.alt(title, words.point(label, formatNumber(count, lang), formatShare(share)));
}

/** Not state of the page: how one chart is drawn is nobody's address. mount.ts reads what is chosen. */
function forms({ lang }: Scene, { name }: Figure): TemplateResult {
  const words = chartWordsOf(lang);
  return html`<fieldset class="forms">
    <legend class="visually-hidden">${words.form}</legend>
    <label><input type="radio" name="form-${name}" value="bars" data-form checked />${words.forms.bars}</label>
    <label><input type="radio" name="form-${name}" value="pie" data-form />${words.forms.pie}</label>
  </fieldset>`;
}

function files(scene: Scene, figure: Figure): TemplateResult {
  const words = chartWordsOf(scene.lang);
  const button = (format: Format) => html`<button
    type="button"
    data-save=${format}
    aria-label=${words.saveAs(format.toUpperCase(), figure.title)}
    @click=${(event: Event) => saved(event.currentTarget as HTMLButtonElement, scene, figure, format)}
  >
    ${format.toUpperCase()}
  </button>`;
  return html`<div class="files">
    <span aria-hidden="true">${words.save}</span> ${FORMATS.map(button)}
    <span class="saved" role="status"></span>
  </div>`;
}

async function saved(
  button: HTMLButtonElement,
  scene: Scene,
  figure: Figure,
  format: Format,
): Promise<void> {
  const place = button.closest("figure");
  const status = place?.querySelector(".saved");
  if (status) status.textContent = "";
  try {
    await save(figure, place ? formOf(place, figure) : figure.form, format, scene);
  } catch {
    if (status) status.textContent = chartWordsOf(scene.lang).saveFailed;
  }
}
