/** What the views of a case are given, and the controls that they are made of. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { CaseWords } from "../../i18n/desk_cases.ts";
import { cutDay, formatDay, type Lang } from "../../i18n/format.ts";
import type { CaseFields, Item, Pair } from "../api/case_types.ts";
import type { Contacts } from "../state/case_contacts.ts";
import type { Editing } from "../state/case_editing.ts";
import type { Reference } from "../state/case_reference.ts";
import type { Desk } from "../state/desk.ts";
import { foreign } from "./parts.ts";

export interface CaseScene {
  readonly desk: Desk;
  readonly words: CaseWords;
  readonly lang: Lang;
  readonly reference: Reference;
  readonly editing: Editing;
  readonly contacts: Contacts;
  /** What is typed; the same as `editing.fields`, and there. */
  readonly fields: CaseFields;
  /** Nothing can be changed: by the role, or because the case is withdrawn. */
  readonly fixed: boolean;
}

export const LANGS = ["zh", "en"] as const;

/** The text in the language in force, else in the other one. */
export function either(pair: Pair, lang: Lang): string | null {
  return pair[lang] || pair[lang === "zh" ? "en" : "zh"] || null;
}

export function titleOf(item: Pick<Item, "title">, words: CaseWords, lang: Lang): TemplateResult {
  const text = either(item.title, lang);
  return text === null ? html`${words.untitled}` : foreign(text);
}

export function dayOf(item: Pick<Item, "date">, lang: Lang): string {
  return formatDay(cutDay(item.date), lang);
}

/** What of a case must not be overlooked, as tags. */
export function badges(
  item: Pick<Item, "state" | "waiting" | "pending" | "from_alert" | "flags" | "revision">,
  missing: readonly string[],
  words: CaseWords,
): TemplateResult {
  const said = words.badges;
  const lacking = LANGS.filter((lang) =>
    missing.some((name) => name === lang || name.endsWith(`.${lang}`)),
  );
  const tag = (text: string, kind = "") => html`<li class="tag ${kind}">${text}</li>`;
  return html`<ul class="tags">
    ${tag(words.states[item.state], item.state === "published" ? "" : "strong")}
    ${item.waiting ? tag(said.waiting, "strong") : nothing}
    ${item.pending ? tag(said.pending, "strong") : nothing}
    ${lacking.map((lang) => html`<li class="tag gap" data-gap=${lang}>${said.missing[lang]}</li>`)}
    ${item.flags.map((flag) => tag(flag === "repeat" ? said.repeat : flag, "strong"))}
    ${item.from_alert ? tag(said.alert) : nothing}
    ${item.revision > 0 ? tag(said.revision(String(item.revision)), "quiet") : nothing}
  </ul>`;
}

interface Input {
  readonly label: string;
  readonly name: string;
  readonly value: string | number | null;
  readonly type?: "text" | "number" | "date";
  readonly hint?: string;
  readonly fixed: boolean;
  readonly changed: (value: string | null) => void;
}

/** One line; numbers and days count when they are finished, words as they are typed. */
export function input({ label, name, value, type = "text", hint, fixed, changed }: Input) {
  const take = (event: Event) => changed((event.target as HTMLInputElement).value || null);
  return html`<label class="field">
    <span>${label}</span>
    <input
      type=${type}
      name=${name}
      autocomplete="off"
      min=${type === "number" ? "0" : nothing}
      step=${type === "number" ? "any" : nothing}
      ?disabled=${fixed}
      .value=${type === "text" ? live(String(value ?? "")) : String(value ?? "")}
      @input=${type === "text" ? take : nothing}
      @change=${type === "text" ? nothing : take}
    />
    ${hint === undefined ? nothing : html`<span class="hint">${hint}</span>`}
  </label>`;
}

export function number(value: string | null): number | null {
  const read = value === null ? Number.NaN : Number(value);
  return Number.isFinite(read) ? read : null;
}

interface Select {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly fixed: boolean;
  readonly changed: (value: string) => void;
  readonly hint?: string;
}

export function select({ label, name, value, options, fixed, changed, hint }: Select) {
  return html`<label class="field">
    <span>${label}</span>
    <select
      name=${name}
      ?disabled=${fixed}
      @change=${(event: Event) => changed((event.target as HTMLSelectElement).value)}
    >
      ${options.map(
        ([code, text]) =>
          html`<option value=${code} .selected=${live(code === value)}>${text}</option>`,
      )}
    </select>
    ${hint === undefined ? nothing : html`<span class="hint">${hint}</span>`}
  </label>`;
}

export function section(name: string, title: string, body: unknown): TemplateResult {
  return html`<section class="part" data-part=${name} aria-labelledby=${`part-${name}`}>
    <h2 id=${`part-${name}`} tabindex="-1">${title}</h2>
    ${body}
  </section>`;
}
