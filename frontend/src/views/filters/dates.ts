/** Dates: quick choices, and for the reader's own two ends by month (selects) or by day. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Scene } from "../scene.ts";
import {
  CHOICES,
  chosen,
  firstDay,
  inPrecision,
  lastDay,
  moved,
  type Span,
  spanOf,
  yearsOf,
} from "./span.ts";

/** No call, strike or accident is older; a year of two digits is a slip. */
const OLDEST = "1950-01-01";
const MONTHS = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, "0"));

export function dates(scene: Scene): TemplateResult {
  const { state, act, words } = scene;
  const { today } = state.config;
  const span = spanOf(state.page.filters, today);
  return html`<div class="row" role="group" aria-labelledby="filter-dates">
    <span class="name" id="filter-dates">${words.filters.dates}</span>
    <div class="fields">
      <div class="segments">
        ${CHOICES.map(
          (choice) => html`<button
            type="button"
            data-span=${choice}
            aria-pressed=${choice === span.choice}
            @click=${() => act.setFilters(chosen(choice, span, today))}
          >
            ${words.filters.choices[choice]}
          </button>`,
        )}
      </div>
      ${span.choice === "own" ? ends(scene, span) : nothing}
    </div>
  </div>`;
}

function ends(scene: Scene, span: Span): TemplateResult {
  const { state, act, words } = scene;
  const { today } = state.config;
  return html`<div class="ends" data-by=${span.byDay ? "day" : "month"}>
    <span class="end">
      <span aria-hidden="true">${words.filters.from}</span>
      ${span.byDay ? dayField(scene, span, "since") : monthField(scene, span, "since")}
    </span>
    <span class="end">
      <span aria-hidden="true">${words.filters.to}</span>
      ${span.byDay ? dayField(scene, span, "until") : monthField(scene, span, "until")}
    </span>
    <button
      type="button"
      class="plain"
      @click=${() => act.setFilters(inPrecision(span, !span.byDay, today))}
    >
      ${span.byDay ? words.filters.byMonth : words.filters.byDay}
    </button>
  </div>`;
}

function dayField(scene: Scene, span: Span, end: "since" | "until"): TemplateResult {
  const { state, act, words } = scene;
  const apply = (field: HTMLInputElement) => {
    delete field.dataset.typing;
    if (!field.checkValidity() || field.value === (span[end] ?? "")) return;
    act.setFilters(moved(span, end, field.value || null, state.config.today));
  };
  // A day that is being typed is another day after every digit: it counts when it is finished.
  return html`<input
    type="date"
    name=${end}
    min=${OLDEST}
    aria-label=${words.filters[end]}
    .value=${span[end] ?? ""}
    @keydown=${(event: KeyboardEvent) => {
      const field = event.target as HTMLInputElement;
      if (event.key === "Enter") apply(field);
      else field.dataset.typing = "";
    }}
    @change=${(event: Event) => {
      const field = event.target as HTMLInputElement;
      if (!("typing" in field.dataset)) apply(field);
    }}
    @blur=${(event: Event) => apply(event.target as HTMLInputElement)}
  />`;
}

/** Firefox and Safari have no month picker: a year and a month, everywhere alike. */
function monthField(scene: Scene, span: Span, end: "since" | "until"): TemplateResult {
  const { state, act, words } = scene;
  const { today } = state.config;
  const day = span[end];
  const name = words.filters[end];
  const move = (year: string, month: string) => {
    const at = `${year}-${month}`;
    const next = year === "" ? null : end === "since" ? firstDay(at) : lastDay(at);
    act.setFilters(moved(span, end, next, today));
  };
  const [year, month] = [day?.slice(0, 4) ?? "", day?.slice(5, 7) ?? "01"];
  return html`<select
      aria-label=${words.filters.year(name)}
      @change=${(event: Event) => move((event.target as HTMLSelectElement).value, month)}
    >
      ${
        end === "since"
          ? html`<option value="" .selected=${live(day === null)}>${words.filters.earliest}</option>`
          : nothing
      }
      ${yearsOf(span, today).map(
        (one) => html`<option value=${one} .selected=${live(one === year)}>
          ${words.filters.yearOption(one)}
        </option>`,
      )}
    </select>
    <select
      aria-label=${words.filters.month(name)}
      ?disabled=${day === null}
      @change=${(event: Event) => move(year, (event.target as HTMLSelectElement).value)}
    >
      ${MONTHS.map(
        (one, at) => html`<option value=${one} .selected=${live(one === month)}>
          ${words.filters.months[at]}
        </option>`,
      )}
    </select>`;
}
