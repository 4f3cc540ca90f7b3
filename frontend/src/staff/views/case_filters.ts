/** The filters of the case list: one control for each row of FILTERS, and what only the desk knows. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseWords } from "../../i18n/desk_cases.ts";
import type { FilterRow } from "../api/case_types.ts";
import type { Listing } from "../state/case_listing.ts";
import type { Reference } from "../state/case_reference.ts";
import type { Desk } from "../state/desk.ts";
import type { Query } from "../state/url.ts";
import { choice } from "./parts.ts";
import { placeChooser } from "./place_chooser.ts";

/** In sight at once; all others are behind one press. */
const FIRST = ["q", "map", "since", "until", "region", "industry", "issue"];

export function filters(
  desk: Desk,
  listing: Listing,
  reference: Reference,
  words: CaseWords,
): TemplateResult {
  const { query } = desk.state.page;
  const rows = listing.rows.data ?? [];
  const named = (name: string) => rows.find((row) => row.name === name);
  const later = rows.filter(({ name, type }) => !FIRST.includes(name) && type !== "bbox");
  const set = (name: string) => (value: string) => desk.narrow({ [name]: value || null });
  const draw = (row: FilterRow | undefined) =>
    row === undefined ? nothing : control(desk, row, query, reference, words);
  const open = later.some(({ name }) => query[name] !== undefined);
  return html`<form
    class="case-filters"
    role="search"
    aria-label=${words.list.filters}
    @submit=${(event: Event) => event.preventDefault()}
  >
    <div class="choices">
      ${draw(named("q"))}
      ${choice(words.list.state, query.state, states(words), { any: words.list.any, changed: set("state") })}
      ${FIRST.slice(1).map((name) => draw(named(name)))}
      ${choice(words.list.flag, query.flag, [["repeat", words.list.repeat]], { any: words.list.any, changed: set("flag") })}
      ${choice(words.list.pending, query.pending, yesNo(words), { any: words.list.any, changed: set("pending") })}
      ${choice(words.list.waiting, query.waiting, yesNo(words), { any: words.list.any, changed: set("waiting") })}
    </div>
    <details ?open=${open}>
      <summary>${words.list.more}</summary>
      <div class="choices">${later.map(draw)}</div>
    </details>
    ${
      Object.keys(query).length === 0
        ? nothing
        : html`<p>
            <a class="button" data-clear href=${desk.href({ room: "cases" })}>${words.list.clear}</a>
          </p>`
    }
  </form>`;
}

const states = (words: CaseWords) =>
  (["draft", "published", "withdrawn"] as const).map((one) => [one, words.states[one]] as const);
const yesNo = (words: CaseWords) => [["true", words.yes] as const, ["false", words.no] as const];

function control(
  desk: Desk,
  row: FilterRow,
  query: Query,
  reference: Reference,
  words: CaseWords,
): TemplateResult {
  const { lang } = desk;
  const label = row.label[lang] ?? row.name;
  const value = query[row.name];
  const changed = (next: string) => desk.narrow({ [row.name]: next || null });
  if (row.vocabulary === "place") return place(desk, value, reference, words);
  if (row.type === "choice") {
    const options = (row.options ?? []).filter(({ code }) => code !== "all");
    return choice(
      label,
      value,
      options.map((one) => [one.code, one[lang]] as const),
      {
        any: words.list.maps.all,
        changed,
      },
    );
  }
  if (row.type === "boolean") {
    return choice(label, value, yesNo(words), { any: words.list.any, changed });
  }
  if (row.type === "codes") {
    const options = (row.options ?? []).map(
      (one) => [one.code, `${one.parent === null ? "" : "\u2003"}${one[lang]}`] as const,
    );
    return choice(label, value, options, { any: words.list.any, changed });
  }
  return html`<label class="choice">
    <span>${label}</span>
    <input
      type=${row.type === "integer" ? "number" : "search"}
      name=${row.name}
      min=${row.type === "integer" ? "0" : nothing}
      placeholder=${row.type === "date" ? "2026-11" : nothing}
      title=${row.type === "date" ? words.list.day : nothing}
      data-search=${row.name === "q" ? "" : nothing}
      autocomplete="off"
      .value=${value ?? ""}
      @change=${(event: Event) => changed((event.target as HTMLInputElement).value.trim())}
    />
  </label>`;
}

function place(
  desk: Desk,
  value: string | undefined,
  reference: Reference,
  words: CaseWords,
): TemplateResult {
  return html`<div class="choice">
    ${placeChooser({
      words: words.fields,
      lang: desk.lang,
      id: "filter",
      label: words.list.placed,
      fixed: false,
      choose: ({ code }) => desk.narrow({ region: code }),
    })}
    ${
      value === undefined
        ? nothing
        : html`<button type="button" class="quiet" @click=${() => desk.narrow({ region: null })}>
            ${value
              .split(",")
              .map((code) => reference.place(code, desk.lang))
              .join("; ")} ×
          </button>`
    }
  </div>`;
}
