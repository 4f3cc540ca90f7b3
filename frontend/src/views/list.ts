/** The list: newest first, as long as the reader wants it. */
import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { Coded, Summary } from "../api/types.ts";
import {
  cutDay,
  either,
  formatDay,
  formatNumber,
  label,
  langTag,
  pathLabel,
} from "../i18n/format.ts";
import type { Listed } from "../state/store.ts";
import { address } from "../state/url.ts";
import { emptyList } from "./empty.ts";
import type { Scene } from "./scene.ts";

/** At most so many badges on a row; the case page has all of them. */
const BADGES = 4;

export function caseList(scene: Scene): TemplateResult {
  const { list } = scene.state;
  const held = list.data;
  if (held === null) {
    return html`<div class="list" data-list aria-busy=${list.status === "loading"}></div>`;
  }
  const total = held.answer.total;
  return html`<div
    class="list"
    data-list
    data-total=${total}
    aria-busy=${list.status === "loading"}
    aria-live="off"
  >
    ${countLine(scene, total)}
    ${total === 0 ? emptyList(scene, held.answer.filters) : rows(scene, held)}
  </div>`;
}

function countLine(scene: Scene, total: number): TemplateResult {
  const { words, lang, state, act } = scene;
  const [before, count, after] = words.list.cases(formatNumber(total, lang));
  const chosen = state.page.sort;
  return html`<div class="list-head">
    <h2 class="count"><span role="status">${before}<strong>${count}</strong>${after}</span></h2>
    <label class="sort">
      <span class="visually-hidden">${words.list.sort}</span>
      <select
        @change=${(event: Event) => act.setSort((event.target as HTMLSelectElement).value as typeof chosen)}
      >
        ${(Object.entries(words.list.sorts) as [typeof chosen, string][]).map(
          ([sort, text]) =>
            html`<option value=${sort} ?selected=${sort === chosen}>${text}</option>`,
        )}
      </select>
    </label>
  </div>`;
}

function rows(scene: Scene, held: Listed): TemplateResult {
  const { list } = scene.state.config;
  const served = held.answer === list ? scene.served.rows : null;
  // As long as it is the server's page and no more, its list is moved whole.
  const whole = held.items === list?.items ? scene.served.cases : null;
  return html`${
    whole ??
    html`<ol class="cases">
      ${repeat(
        held.items,
        (item) => item.id,
        (item) => served?.get(item.id) ?? html`<li>${caseRow(scene, item)}</li>`,
      )}
    </ol>`
  }
  ${moreLine(scene, held)}`;
}

/** One case as lists show it, here and wherever cases of one point are listed. */
export function caseRow(scene: Scene, item: Summary): TemplateResult {
  const { words, lang, state } = scene;
  const title = either(item.title, lang);
  const href = address({ ...state.page, view: "case", id: item.id });
  const day = cutDay(item.date);
  return html`<article class="case-row" data-case=${item.id}>
    <h3>
      <a href=${href} lang=${title && title.lang !== lang ? langTag(title.lang) : nothing}
        ><bdi>${title?.text ?? words.list.untitled}</bdi></a
      >
    </h3>
    <p class="meta">
      <time datetime=${day}>${formatDay(day, lang)}</time>
      <span class="place">${item.region ? pathLabel(item.region, lang) : words.list.notPlaced}</span>
      ${item.industry ? html`<span class="industry">${label(item.industry, lang)}</span>` : nothing}
    </p>
    ${badges(scene, item.issues, item.replied)}
  </article>`;
}

function badges(
  scene: Scene,
  issues: readonly Coded[],
  replied: boolean,
): TemplateResult | typeof nothing {
  if (issues.length === 0 && !replied) return nothing;
  const { words, lang } = scene;
  return html`<ul class="badges">
    ${issues.slice(0, BADGES).map((issue) => html`<li>${label(issue, lang)}</li>`)}
    ${replied ? html`<li class="replied">${words.list.replied}</li>` : nothing}
  </ul>`;
}

function moreLine(scene: Scene, held: Listed): TemplateResult {
  const { words, act } = scene;
  if (held.next === null) return html`<p class="more end">${words.list.end}</p>`;
  const text = held.more === "failed" ? words.list.moreFailed : words.list.more;
  return html`<p class="more">
    <button
      type="button"
      class="button"
      data-more
      ?disabled=${held.more === "loading"}
      @click=${() => act.loadMore()}
    >
      ${held.more === "loading" ? words.shell.loading : text}
    </button>
  </p>`;
}
