/** What is known of a case, as rows of a label and values. What is not known has no row. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseDocument, Coded, CodedPath, Text } from "../../api/types.ts";
import { formatDay, formatMoney, formatNumber, label, langTag, tidy } from "../../i18n/format.ts";
import type { FilterName } from "../../state/filters.ts";
import type { Scene } from "../scene.ts";
import { listOf } from "./links.ts";
import { otherLang } from "./texts.ts";

/** `lang` where the value is in the other language, `href` where a filter asks for it. */
interface Value {
  readonly text: string;
  readonly href?: string;
  readonly lang?: string;
}

type Rows = [name: string, label: string, values: readonly Value[]][];

export function facts(scene: Scene, item: CaseDocument): TemplateResult {
  const { words, lang } = scene;
  const { fact } = words.case;
  const number = (value: number | null, shown: (count: string) => string) =>
    value === null ? [] : [{ text: shown(formatNumber(value, lang)) }];
  const coded = (name: FilterName, values: readonly (Coded | null)[]) =>
    values.flatMap((value) => (value ? [link(scene, item, name, value)] : []));
  const path = (name: FilterName, given: CodedPath | null) =>
    coded(name, given === null || given.path.length > 0 ? (given?.path ?? []) : [given]);
  const money = item.amount_owed === null ? [] : [{ text: formatMoney(item.amount_owed, lang) }];
  const { maps, people, months } = words.case;
  const rows: Rows = [
    ["map", fact.map, [{ text: maps[item.map], href: listOf(scene, item, {}) }]],
    ["period", fact.period, period(scene, item.period)],
    ["place", fact.place, path("region", item.region)],
    ["industry", fact.industry, path("industry", item.industry)],
    ["company", fact.company, both(scene, item.company)],
    ["issues", fact.issues, coded("issue", item.issues)],
    ["actions", fact.actions, coded("action", item.actions)],
    ["amount_owed", fact.amount_owed, money],
    ["months_owed", fact.months_owed, number(item.months_owed, months)],
    ["participants", fact.participants, participants(scene, item.participants)],
    ["deaths", fact.deaths, number(item.deaths, people)],
    ["injuries", fact.injuries, number(item.injuries, people)],
    ["accident_type", fact.accident_type, coded("accident_type", [item.accident_type])],
    ["ownership", fact.ownership, coded("ownership", [item.ownership])],
    ["response", fact.response, coded("response", item.response)],
  ];
  return list(rows);
}

/** What the source said and no term of ours matches, word for word. */
export function stated({ words }: Scene, item: CaseDocument): TemplateResult | typeof nothing {
  const names: Readonly<Record<string, string>> = words.case.names;
  const rows: Rows = Object.entries(item.stated).map(([kind, said]) => [
    kind,
    names[kind] ?? tidy(kind),
    said.map((text) => ({ text: tidy(text) })),
  ]);
  if (rows.every(([, , values]) => values.length === 0)) return nothing;
  return html`<section class="stated" aria-labelledby="stated">
    <h2 id="stated">${words.case.stated}</h2>
    ${list(rows)}
  </section>`;
}

function list(rows: Rows): TemplateResult {
  return html`<dl class="facts">
    ${rows
      .filter(([, , values]) => values.length > 0)
      .map(
        ([name, text, values]) =>
          html`<div data-fact=${name}><dt><bdi>${text}</bdi></dt>${values.map(shown)}</div>`,
      )}
  </dl>`;
}

function shown({ text, href, lang }: Value): TemplateResult {
  const inner = href ? html`<a href=${href}>${text}</a>` : html`<bdi>${text}</bdi>`;
  return html`<dd lang=${lang ?? nothing}>${inner}</dd>`;
}

function link(scene: Scene, item: CaseDocument, name: FilterName, value: Coded): Value {
  const href = listOf(scene, item, { [name]: value.code });
  return { text: label(value, scene.lang), href };
}

/** Both languages of a name: it is looked for in either. */
function both({ lang }: Scene, name: Text): Value[] {
  const other = otherLang(lang);
  const own = name[lang] ? [{ text: tidy(name[lang]) }] : [];
  return name[other] ? [...own, { text: tidy(name[other]), lang: langTag(other) }] : own;
}

function period({ lang }: Scene, given: CaseDocument["period"]): Value[] {
  if (given === null) return [];
  const ends = [given.from, given.until].map((day) => (day ? formatDay(day, lang) : "…"));
  return [{ text: ends.join(" – ") }];
}

/** A number, a band that may be open at either end, and the words it was read from. */
function participants({ words, lang }: Scene, band: CaseDocument["participants"]): Value[] {
  if (band === null) return [];
  const low = band.low === null ? null : formatNumber(band.low, lang);
  const high = band.high === null ? null : formatNumber(band.high, lang);
  const found: Value[] = [];
  if (low !== null && high !== null) {
    found.push({ text: low === high ? words.case.people(low) : words.case.band(low, high) });
  } else if (low !== null) found.push({ text: words.case.atLeast(low) });
  else if (high !== null) found.push({ text: words.case.atMost(high) });
  if (band.stated) found.push({ text: words.case.statedAs(tidy(band.stated)) });
  return found;
}
