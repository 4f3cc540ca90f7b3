/** Words to look for: applied on Enter or on leaving the field, cut to what the API takes. */
import { html, type TemplateResult } from "lit-html";
import { MAX_TEXT } from "../../state/filters.ts";
import type { Scene } from "../scene.ts";

/** More words than this the API refuses. */
const MAX_WORDS = 10;

interface TextField {
  readonly name: "q" | "company";
  readonly label: string;
  readonly hint: string;
}

export function textField(scene: Scene, { name, label, hint }: TextField): TemplateResult {
  return html`<input
    type="search"
    name=${name}
    aria-label=${label}
    placeholder=${hint}
    autocomplete="off"
    enterkeyhint="search"
    .value=${scene.state.page.filters[name] ?? ""}
    @input=${(event: Event) => shorten(scene, event.target as HTMLInputElement)}
    @change=${(event: Event) => applyText(scene, event.target as HTMLInputElement)}
  />`;
}

/** Not `maxlength`: a browser would cut what is pasted without a word. */
function shorten(scene: Scene, field: HTMLInputElement): void {
  if ([...field.value].length <= MAX_TEXT) return;
  field.value = cutText(field.value);
  field.dataset.cut = "";
  scene.act.noteCutKeyword();
}

/** Shows what matches the words in `field`, if they are new. */
export function applyText(scene: Scene, field: HTMLInputElement): void {
  const name = field.name as TextField["name"];
  const words = cutText(field.value);
  const cut = "cut" in field.dataset || words !== field.value.trim().replace(/\s+/gu, " ");
  delete field.dataset.cut;
  field.value = words;
  if (words !== (scene.state.page.filters[name] ?? "")) scene.act.setFilters({ [name]: words });
  // A change of filters takes old notices away; this one is about the words that stay.
  if (cut) scene.act.noteCutKeyword();
}

/** The text in single blanks, no longer and of no more words than the API takes. */
export function cutText(text: string): string {
  const words = text.trim().split(/\s+/u).slice(0, MAX_WORDS).join(" ");
  return [...words].slice(0, MAX_TEXT).join("").trim();
}
