/** The room of imports: a file, what to do with it, and the report of what became of its rows. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { type CaseWords, caseWords } from "../../i18n/desk_cases.ts";
import { formatNumber } from "../../i18n/format.ts";
import type { ImportReport, MapName } from "../api/case_types.ts";
import type { Desk } from "../state/desk.ts";
import { Importing } from "../state/importing.ts";
import { foreign, head } from "./parts.ts";
import type { Room } from "./scene.ts";

const MAPS = ["calls", "strikes", "accidents"] as const;
const MODES = ["dry", "drafts", "publish"] as const;
const COUNTS = ["read", "added", "unchanged", "flagged", "published", "unplaced"] as const;
const COLUMNS = ["contact_columns", "ignored_columns", "ignored_sheets"] as const;

export function importsRoom(desk: Desk): Room {
  const state = new Importing(desk);
  return { open: () => undefined, draw: () => draw(desk, state) };
}

function draw(desk: Desk, state: Importing): TemplateResult {
  const words = caseWords(desk.lang);
  const said = words.imports;
  const { choice, report, sending } = state;
  const mode = choice.dryRun ? "dry" : choice.publish ? "publish" : "drafts";
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void state.send();
  };
  return html`${head(said.heading)}
    <p class="room-lead">${said.lead}</p>
    <form class="card importing" @submit=${submit}>
      <label class="field">
        <span>${said.file}</span>
        <input
          type="file"
          name="file"
          data-search
          required
          accept=".xls,.xlsx,.csv,.jsonl,.ndjson"
          @change=${(event: Event) =>
            state.choose({ file: (event.target as HTMLInputElement).files?.[0] ?? null })}
        />
      </label>
      <fieldset class="field">
        <legend>${said.map}</legend>
        ${MAPS.map(
          (map) => html`<label class="tick">
            <input
              type="radio"
              name="map"
              value=${map}
              .checked=${live(choice.map === map)}
              @change=${() => state.choose({ map: map as MapName })}
            />
            <span>${words.maps[map]}</span>
          </label>`,
        )}
      </fieldset>
      <fieldset class="field">
        <legend>${said.mode}</legend>
        ${MODES.map(
          (one) => html`<label class="tick">
            <input
              type="radio"
              name="mode"
              value=${one}
              .checked=${live(mode === one)}
              @change=${() => state.choose({ dryRun: one === "dry", publish: one === "publish" })}
            />
            <span>${said[one]}</span>
          </label>`,
        )}
      </fieldset>
      <p class="acts">
        <button type="submit" class="primary" data-send ?disabled=${sending || choice.file === null}>
          ${said.send}
        </button>
        <span role="status">${sending ? said.sending : nothing}</span>
      </p>
    </form>
    ${report === null ? nothing : reported(desk, report, words)}`;
}

function reported(desk: Desk, report: ImportReport, words: CaseWords): TemplateResult {
  const said = words.imports;
  const number = (value: number) => formatNumber(value, desk.lang);
  const kinds: Readonly<Record<string, string>> = words.terms.kinds;
  const unmatched = Object.entries(report.unmatched).flatMap(([kind, found]) =>
    Object.entries(found).map(([stated, count]) => ({ kind, stated, count })),
  );
  return html`<section class="report" data-report aria-labelledby="report-heading">
    <h2 id="report-heading" tabindex="-1">${said.report}</h2>
    ${report.dry_run ? html`<p class="notice">${said.trial}</p>` : nothing}
    <dl class="counts">
      ${COUNTS.map((name) => html`<div><dt>${said.counts[name]}</dt><dd data-count=${name}>${number(report[name])}</dd></div>`)}
      <div><dt>${said.counts.rejected}</dt><dd data-count="rejected">${number(report.rejected.length)}</dd></div>
    </dl>
    ${COLUMNS.map((name) =>
      report[name].length === 0
        ? nothing
        : html`<h3>${said[name]}</h3>
            <ul class="tags">
              ${report[name].map((column) => html`<li class="tag">${foreign(column)}</li>`)}
            </ul>`,
    )}
    ${
      unmatched.length === 0
        ? nothing
        : html`<h3>${said.unmatched}</h3>
            <ul class="tags">
              ${unmatched
                .slice(0, 100)
                .map(
                  ({ kind, stated, count }) =>
                    html`<li class="tag">${kinds[kind] ?? kind}: ${foreign(stated)} (${number(count)})</li>`,
                )}
            </ul>
            ${
              desk.may("GET /staff/unmatched")
                ? html`<p><a href=${desk.href({ room: "terms" })}>${said.toTerms}</a></p>`
                : nothing
            }`
    }
    ${report.rejected.length === 0 ? nothing : rejected(desk, report, words)}
  </section>`;
}

function rejected(desk: Desk, report: ImportReport, words: CaseWords): TemplateResult {
  const said = words.imports;
  return html`<h3>${said.rejected}</h3>
    <div class="scroll" tabindex="0" role="region" aria-label=${said.rejected}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">${said.row}</th>
            <th scope="col">${said.why}</th>
          </tr>
        </thead>
        <tbody>
          ${report.rejected.slice(0, 200).map(
            (one) =>
              html`<tr>
                <td>${foreign(one.file)} ${one.row}</td>
                <td>${foreign(one[desk.lang])}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}
