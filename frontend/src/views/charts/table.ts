/** The numbers of a chart as a table: for reading, for screen readers, and for the keyboard. */
import { html, type TemplateResult } from "lit-html";
import { chartWordsOf, formatShare } from "../../i18n/charts.ts";
import { formatNumber } from "../../i18n/format.ts";
import { changed } from "../../state/filters.ts";
import { address } from "../../state/url.ts";
import type { Scene } from "../scene.ts";
import type { Figure } from "./figures.ts";
import type { Row } from "./rows.ts";

export function table(scene: Scene, figure: Figure): TemplateResult {
  const { lang } = scene;
  const words = chartWordsOf(lang);
  return html`<table>
      <caption>
        ${words.caption(figure.title, figure.scope)} ${figure.counted}
      </caption>
      <thead>
        <tr>
          <th scope="col">${figure.head}</th>
          <th scope="col" class="number">${words.cases}</th>
          <th scope="col" class="number">${words.share}</th>
        </tr>
      </thead>
      <tbody>
        ${figure.rows.map((row) => line(scene, row))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${words.all}</th>
          <td class="number">${formatNumber(figure.total, lang)}</td>
          <td class="number">${formatShare(1)}</td>
        </tr>
      </tfoot>
    </table>`;
}

function line({ state, lang }: Scene, { key, label, count, share, changes }: Row): TemplateResult {
  const { page } = state;
  const name = changes
    ? html`<a href=${address({ ...page, filters: changed(page.filters, changes) })}>${label}</a>`
    : label;
  return html`<tr data-key=${key ?? ""}>
    <th scope="row">${name}</th>
    <td class="number">${formatNumber(count, lang)}</td>
    <td class="number">${formatShare(share)}</td>
  </tr>`;
}
