/** The head of a case: title, day, place, industry, issues. Drawn from what lists hold too. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Summary } from "../../api/types.ts";
import { cutDay, either, formatDay, label, langTag, pathLabel } from "../../i18n/format.ts";
import type { Scene } from "../scene.ts";

/** What lists and documents both tell of a case. */
export type Known = Omit<Summary, "sources">;

export function header(scene: Scene, item: Known): TemplateResult {
  const { words, lang } = scene;
  const title = either(item.title, lang);
  const day = cutDay(item.date);
  const precision = words.case.precision[item.date.precision];
  return html`<header>
    <h1 lang=${title && title.lang !== lang ? langTag(title.lang) : nothing}>
      <bdi>${title?.text ?? words.list.untitled}</bdi>
    </h1>
    <p class="meta">
      <time datetime=${day}>${formatDay(day, lang)}</time>
      ${precision ? html`<span class="precision">${precision}</span>` : nothing}
      <span class="place">${item.region ? pathLabel(item.region, lang) : words.list.notPlaced}</span>
      ${item.industry ? html`<span class="industry">${label(item.industry, lang)}</span>` : nothing}
    </p>
    ${
      item.issues.length > 0 || item.replied
        ? html`<ul class="badges">
            ${item.issues.map((issue) => html`<li>${label(issue, lang)}</li>`)}
            ${item.replied ? html`<li class="replied">${words.list.replied}</li>` : nothing}
          </ul>`
        : nothing
    }
  </header>`;
}
