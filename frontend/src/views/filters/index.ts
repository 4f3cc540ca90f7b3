/**
 * The form of filters. One line with the keyword; the rest beside it stands below on wide screens
 * and is a panel of its own on phones (a popover, so that it opens without scripts too).
 */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatNumber } from "../../i18n/format.ts";
import type { Filters } from "../../state/filters.ts";
import type { Scene } from "../scene.ts";
import { chooser } from "./chooser.ts";
import { dates } from "./dates.ts";
import { mapSwitch } from "./maps.ts";
import { totalOf } from "./options.ts";
import { region } from "./region.ts";
import { applyText, textField } from "./text.ts";

const PANEL = "filter-panel";

export function filterForm(scene: Scene): TemplateResult {
  const { state, words, lang } = scene;
  const active = activeCount(state.page.filters);
  const total = totalOf(scene);
  return html`<form
    class="filters"
    method="get"
    action="/"
    role="search"
    aria-label=${words.filters.label}
    @submit=${(event: SubmitEvent) => submitted(scene, event)}
  >
    <div class="find">
      ${textField(scene, { name: "q", label: words.filters.keyword, hint: words.filters.keywordHint })}
      <button type="button" class="open-panel" popovertarget=${PANEL}>
        ${words.filters.filters}${
          active === 0
            ? nothing
            : html`<span aria-hidden="true">${words.filters.active(String(active))}</span>
                <span class="visually-hidden">${words.filters.activeSpoken(String(active))}</span>`
        }
      </button>
    </div>
    <div class="panel" id=${PANEL} popover>
      <div class="panel-head">
        <h2>${words.filters.filters}</h2>
        <button
          type="button"
          class="close"
          popovertarget=${PANEL}
          popovertargetaction="hide"
          aria-label=${words.shell.close}
        >
          ×
        </button>
      </div>
      ${mapSwitch(scene)} ${dates(scene)} ${region(scene)} ${industry(scene)}
      <p class="panel-foot">
        <button type="submit" class="primary">
          ${total === null ? words.filters.apply : words.filters.show(formatNumber(total, lang))}
        </button>
      </p>
    </div>
  </form>`;
}

function industry(scene: Scene): TemplateResult {
  const { words } = scene;
  return html`<div class="row" role="group" aria-labelledby="filter-industry">
    <span class="name" id="filter-industry">${words.filters.industry}</span>
    <div class="fields choosers">
      ${chooser(scene, {
        name: "industry",
        labels: [words.filters.industry, words.filters.subIndustry],
        any: words.filters.anyIndustry,
      })}
    </div>
  </div>`;
}

/** Everything else has been applied when it was changed; the keyword may just have been typed. */
function submitted(scene: Scene, event: SubmitEvent): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const keyword = form.elements.namedItem("q");
  if (keyword instanceof HTMLInputElement) applyText(scene, keyword);
  const panel = form.querySelector<HTMLElement>("[popover]");
  if (panel?.matches(":popover-open")) panel.hidePopover();
}

/** How many filters are set beside the keyword, which is in sight; two dates are one. */
export function activeCount(filters: Filters): number {
  const { q: _, since, until, map, ...others } = filters;
  const dated = since !== undefined || until !== undefined;
  const other = map !== undefined && map !== "calls";
  return Number(dated) + Number(other) + Object.keys(others).length;
}
