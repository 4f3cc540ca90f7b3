/** The form's fields: each with its label, its hint and, once the form was pressed, what is wrong. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import {
  CONSENTS,
  type Consent,
  type Contact,
  type Lack,
  lacking,
  MAX_STORY,
  MAX_TEXT,
  type TextField,
  type Tick,
} from "../../state/alert_form.ts";
import type { AlertScene } from "./scene.ts";

interface Kind {
  readonly hint?: string | null;
  readonly required?: boolean;
  readonly lines?: number;
  readonly mode?: "text" | "decimal" | "numeric" | "tel" | "email";
}

export function textField(
  scene: AlertScene,
  name: TextField,
  { hint = null, required = false, lines, mode = "text" }: Kind = {},
): TemplateResult {
  const { words, desk } = scene;
  const id = `alert-${name}`;
  const fault = faultOf(scene, name);
  const told = hint || fault ? `${id}-hint` : nothing;
  const value = desk.held.draft.texts[name];
  const typed = (event: Event) =>
    edit(scene, name, (event.target as HTMLInputElement | HTMLTextAreaElement).value);
  return html`<div class="entry" data-field=${name}>
    <label for=${id}>
      ${words.fields[name as keyof typeof words.fields]}
      ${required ? html`<small>${words.required}</small>` : nothing}
    </label>
    ${
      lines === undefined
        ? html`<input
            id=${id}
            name=${name}
            type="text"
            inputmode=${mode}
            maxlength=${name === "email" ? 254 : MAX_TEXT}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby=${told}
            aria-invalid=${fault ? "true" : nothing}
            .value=${live(value)}
            @input=${typed}
          />`
        : html`<textarea
            id=${id}
            name=${name}
            rows=${lines}
            maxlength=${name === "story" ? MAX_STORY : 2500}
            autocomplete="off"
            spellcheck="false"
            aria-required=${required ? "true" : nothing}
            aria-describedby=${told}
            aria-invalid=${fault ? "true" : nothing}
            .value=${live(value)}
            @input=${typed}
          ></textarea>`
    }
    ${below(id, hint, fault)}
  </div>`;
}

/** What stands below a field: what is wrong with it, then what it is for. */
function below(
  id: string,
  hint: string | null,
  fault: string | null,
): TemplateResult | typeof nothing {
  if (!hint && !fault) return nothing;
  return html`<p class="hint" id=${`${id}-hint`}>
    ${fault ? html`<strong class="fault">${fault}</strong>` : nothing} ${hint ?? nothing}
  </p>`;
}

export function choice(
  scene: AlertScene,
  name: "region" | "industry",
  options: Readonly<Record<string, string>>,
): TemplateResult {
  const { words, desk } = scene;
  const id = `alert-${name}`;
  const value = desk.held.draft.texts[name];
  return html`<div class="entry" data-field=${name}>
    <label for=${id}>${words.fields[name]}</label>
    <select
      id=${id}
      name=${name}
      autocomplete="off"
      @change=${(event: Event) => edit(scene, name, (event.target as HTMLSelectElement).value)}
    >
      <option value="" .selected=${live(value === "")}>${words.hints.choose}</option>
      ${Object.entries(options).map(
        ([code, said]) =>
          html`<option value=${code} .selected=${live(value === code)}>${said}</option>`,
      )}
    </select>
  </div>`;
}

export function tick(scene: AlertScene, name: Tick): TemplateResult {
  const { words, desk } = scene;
  const { ticks } = desk.held.draft;
  const id = `alert-${name}`;
  const hint = name === "email_anyway" ? null : words.hints[name];
  const fault = name === "email_anyway" ? faultOf(scene, name) : null;
  return html`<div class="entry" data-field=${name}>
    <label class="tick">
      <input
        id=${id}
        name=${name}
        type="checkbox"
        autocomplete="off"
        aria-describedby=${hint || fault ? `${id}-hint` : nothing}
        aria-invalid=${fault ? "true" : nothing}
        .checked=${live(ticks.includes(name))}
        @change=${(event: Event) => {
          const others = ticks.filter((one) => one !== name);
          const { checked } = event.target as HTMLInputElement;
          desk.edit({ ticks: checked ? [...others, name] : others });
        }}
      />
      <span>${words.fields[name]}</span>
    </label>
    ${below(id, hint, fault)}
  </div>`;
}

/** A way to reach somebody, and beside it who may see it. */
export function contact(scene: AlertScene, name: Contact): TemplateResult {
  const { words, desk } = scene;
  const { consents } = desk.held.draft;
  const id = `alert-consent-${name}`;
  return html`<div class="contact">
    ${textField(scene, `contact_${name}`, { mode: name === "phone" ? "tel" : "text" })}
    <div class="entry">
      <label for=${id}>
        ${words.consents.label}<span class="visually-hidden">
          ${words.fields[`contact_${name}`]}</span
        >
      </label>
      <select
        id=${id}
        name=${`consent_${name}`}
        autocomplete="off"
        @change=${(event: Event) => {
          const consent = (event.target as HTMLSelectElement).value as Consent;
          desk.edit({ consents: { ...consents, [name]: consent } });
        }}
      >
        ${CONSENTS.map(
          (consent) =>
            html`<option value=${consent} .selected=${live(consents[name] === consent)}>
              ${words.consents[consent]}
            </option>`,
        )}
      </select>
    </div>
  </div>`;
}

function edit({ desk }: AlertScene, name: TextField, text: string): void {
  desk.edit({ texts: { ...desk.held.draft.texts, [name]: text } });
}

/** What is wrong with a field; null before the form was pressed, and where nothing is. */
export function faultOf({ words, desk }: AlertScene, name: Lack | TextField): string | null {
  const { pressed, refused, draft } = desk.held;
  const lacks = pressed && lacking(draft).some((lack) => lack === name);
  if (!lacks && !refused.includes(name)) return null;
  const { lacks: said } = words.window;
  if (name === "email_anyway") return said.tick;
  if (name === "kind" || name === "happened" || name === "links" || name === "email")
    return said[name];
  if (name === "amount_owed" || name === "months_owed" || name === "people") return said.number;
  return name === "story" ? words.errors.required : words.errors.fix;
}
