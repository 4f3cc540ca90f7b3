/** The room of terms: what imports said and no term matches, mapped once for all rows. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { type CaseWords, caseWords } from "../../i18n/desk_cases.ts";
import { formatDay, formatNumber } from "../../i18n/format.ts";
import type { Mapping, Unmatched } from "../api/case_types.ts";
import type { Reference } from "../state/case_reference.ts";
import { reference } from "../state/case_reference.ts";
import type { Desk } from "../state/desk.ts";
import { Terms } from "../state/mapping.ts";
import { termOptions } from "./case_terms.ts";
import { choice, count, failure, foreign, head, more, waiting } from "./parts.ts";
import type { Room } from "./scene.ts";

const KINDS = [
  "industry",
  "issue",
  "action",
  "response",
  "platform",
  "ownership",
  "accident_type",
] as const;

export function termsRoom(desk: Desk): Room {
  const state = new Terms(desk);
  let words: Reference | null = null;
  return {
    open: ({ query }) => {
      state.show(query.kind ?? "");
      void reference().then(
        (known) => {
          words = known;
          desk.changed();
        },
        () => undefined,
      );
    },
    draw: () => draw(desk, state, words),
  };
}

function draw(desk: Desk, state: Terms, known: Reference | null): TemplateResult {
  const words = caseWords(desk.lang);
  const said = words.terms;
  const { unmatched, mappings } = state;
  const kinds = KINDS.map((kind) => [kind, said.kinds[kind]] as const);
  return html`${head(said.heading)}
    <p class="room-lead">${said.lead}</p>
    <div class="choices">
      ${choice(said.kind, state.kind, kinds, { any: said.all, changed: (kind) => desk.narrow({ kind: kind || null }), first: true })}
    </div>
    ${failure(desk, unmatched, () => state.show(state.kind))} ${waiting(desk, unmatched)}
    ${unmatched.data === null ? nothing : count(desk, unmatched.data.total, said.total)}
    ${
      unmatched.data === null || known === null
        ? nothing
        : unmatched.data.items.length === 0
          ? html`<p>${said.none}</p>`
          : html`<ul class="lines terms">
                ${unmatched.data.items.map((row) => html`<li>${wording(desk, state, known, row, words)}</li>`)}
              </ul>
              ${more(desk, unmatched.data, () => void state.more())}`
    }
    <h2>${said.made}</h2>
    ${failure(desk, mappings, () => state.show(state.kind))}
    ${mappings.data?.length === 0 ? html`<p class="hint">${said.noneMade}</p>` : nothing}
    ${mappings.data && known && mappings.data.length > 0 ? made(desk, mappings.data, known, words) : nothing}`;
}

function wording(
  desk: Desk,
  state: Terms,
  known: Reference,
  row: Unmatched,
  words: CaseWords,
): TemplateResult {
  const said = words.terms;
  const kinds: Readonly<Record<string, string>> = said.kinds;
  const chosen = state.chosen(row);
  const label = `${said.term}: ${row.stated}`;
  const send = async () => {
    const left = await state.map(row);
    if (left !== null) desk.say(said.mapped(formatNumber(left, desk.lang)));
  };
  return html`<div class="wording">
      <strong>${foreign(row.stated)}</strong>
      <span class="hint"
        >${kinds[row.kind] ?? row.kind} · ${said.count}: ${formatNumber(row.count, desk.lang)}</span
      >
    </div>
    <div class="mapping">
      <select
        aria-label=${label}
        data-term=${row.stated}
        @change=${(event: Event) => state.choose(row, (event.target as HTMLSelectElement).value)}
      >
        <option value="" .selected=${live(chosen === "")}>${words.choose}</option>
        ${termOptions(known, row.kind, null, desk.lang).map(
          ([code, text]) =>
            html`<option value=${code} .selected=${live(code === chosen)}>${text}</option>`,
        )}
      </select>
      <button
        type="button"
        data-map=${row.stated}
        aria-label=${`${said.map}: ${row.stated}`}
        ?disabled=${desk.busy || chosen === "" || !desk.may("PUT /staff/mappings")}
        @click=${send}
      >
        ${said.map}
      </button>
    </div>`;
}

function made(
  desk: Desk,
  mappings: readonly Mapping[],
  known: Reference,
  words: CaseWords,
): TemplateResult {
  const said = words.terms;
  const { lang } = desk;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${said.made}>
    <table class="table">
      <thead>
        <tr>
          <th scope="col">${said.stated}</th>
          <th scope="col">${said.term}</th>
          <th scope="col">${said.by}</th>
          <th scope="col">${said.on}</th>
          <th scope="col">${said.left}</th>
        </tr>
      </thead>
      <tbody>
        ${mappings.map(
          (one) => html`<tr data-mapping=${one.stated}>
            <td>${foreign(one.stated)}</td>
            <td>${known.term(one.kind, one.code)[lang]}</td>
            <td translate="no">${one.made_by}</td>
            <td>${formatDay(one.made_on, lang)}</td>
            <td role="status">
              ${one.left === 0 ? said.done : said.progress(formatNumber(one.left, lang))}
            </td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
