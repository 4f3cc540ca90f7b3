/** Map and date, employer and place, and how exactly the place may be shown. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { MapName, Precision, Shown } from "../api/case_types.ts";
import { texts } from "./case_texts.ts";
import { type CaseScene, input, number, section, select } from "./case_view.ts";
import { placeChooser } from "./place_chooser.ts";

const MAPS = ["calls", "strikes", "accidents"] as const;
const PRECISIONS = ["day", "month", "year"] as const;
const SHOWN = ["prefecture", "county", "exact"] as const;

export function basic(scene: CaseScene): TemplateResult {
  const { words, fields, fixed, editing } = scene;
  const { value, precision } = fields.date;
  return section(
    "basic",
    words.editor.sections.basic,
    html`<div class="fields">
      ${select({
        label: words.members.map,
        name: "map",
        value: fields.map,
        options: MAPS.map((map) => [map, words.maps[map]] as const),
        fixed,
        changed: (map) => editing.change({ map: map as MapName }),
      })}
      ${input({
        label: words.members.date,
        name: "date",
        type: "date",
        value,
        fixed,
        changed: (day) =>
          day && editing.change({ date: { value: first(day, precision), precision } }),
      })}
      ${select({
        label: words.fields.precision,
        name: "precision",
        value: precision,
        options: PRECISIONS.map((one) => [one, words.fields.precisions[one]] as const),
        fixed,
        changed: (chosen) => {
          const next = chosen as Precision;
          editing.change({ date: { value: first(value, next), precision: next } });
        },
      })}
    </div>`,
  );
}

/** An imprecise day is stored as the first of its month or year. */
function first(day: string, precision: Precision): string {
  if (precision === "day") return day;
  return precision === "month" ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`;
}

export function where(scene: CaseScene): TemplateResult {
  const { words, fields, fixed, editing, reference, lang } = scene;
  return section(
    "where",
    words.editor.sections.where,
    html`${texts(scene, ["company"])}
      <div class="fields">
        <div>
          ${placeChooser({
            words: words.fields,
            lang,
            id: "case",
            label: words.fields.place,
            fixed,
            choose: ({ code }) => editing.change({ place: code }),
          })}
          <p class="now" data-place-now>
            ${words.fields.placeNow}
            <strong
              >${fields.place === null ? words.noPlace : reference.place(fields.place, lang)}</strong
            >
            ${
              fields.place === null || fixed
                ? nothing
                : html`<button type="button" class="quiet" @click=${() => editing.change({ place: null })}>
                    ${words.fields.placeClear}
                  </button>`
            }
          </p>
        </div>
        <fieldset class="field">
          <legend>${words.members.shown}</legend>
          ${SHOWN.map(
            (one) => html`<label class="tick">
              <input
                type="radio"
                name="shown"
                value=${one}
                ?disabled=${fixed}
                .checked=${live(fields.shown === one)}
                @change=${() => editing.change({ shown: one as Shown })}
              />
              <span>${words.fields.shown[one]}</span>
            </label>`,
          )}
          ${editing.held?.from_alert ? html`<p class="hint">${words.fields.shownNote}</p>` : nothing}
        </fieldset>
      </div>
      ${fields.shown === "exact" || fields.point !== null ? point(scene) : nothing}`,
  );
}

function point({ words, fields, fixed, editing }: CaseScene): TemplateResult {
  const [lon, lat] = fields.point ?? [null, null];
  const set = (at: 0 | 1) => (typed: string | null) => {
    const next: [number | null, number | null] = [lon, lat];
    next[at] = number(typed);
    // One half of a point is none; the other half waits in its field.
    editing.change({
      point: next[0] === null && next[1] === null ? null : [next[0] ?? 0, next[1] ?? 0],
    });
  };
  return html`<div class="fields">
    ${input({ label: words.fields.lon, name: "lon", type: "number", value: lon, fixed, changed: set(0), hint: words.fields.pointNote })}
    ${input({ label: words.fields.lat, name: "lat", type: "number", value: lat, fixed, changed: set(1) })}
  </div>`;
}
