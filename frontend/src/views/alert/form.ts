/** The first screen: what happened, and how to answer. Fields and order are the plain form's. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { CONTACTS, isMainland, KINDS, type Kind } from "../../state/alert_form.ts";
import { choice, contact, faultOf, textField, tick } from "./fields.ts";
import { lines, promise } from "./promise.ts";
import type { AlertScene } from "./scene.ts";

export function form(scene: AlertScene): TemplateResult {
  const { words, desk } = scene;
  const { sure } = desk.held;
  return html`<div class="alert-columns">
    <div class="alert-intro">
      <p class="lead">${words.lead}</p>
      <p class="hint">${words.window.held}</p>
      <p>
        <button type="button" data-alert="ask" @click=${() => desk.show("receipt")}>
          ${words.receipt_link}
        </button>
      </p>
    </div>
    ${promise(scene)}
    <div class="alert-main">
      <form
        class="report"
        autocomplete="off"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          desk.show("check");
        }}
      >
        ${what(scene)} ${where(scene)} ${numbers(scene)} ${contacts(scene)}
        <p class="hint">${words.check_note}</p>
        <p class="send">
          <button
            type="button"
            data-alert="clear"
            @click=${() => (sure === "clear" ? desk.clear() : desk.sure("clear"))}
          >
            ${sure === "clear" ? words.window.clear_sure : words.window.clear}
          </button>
          <button type="submit" class="primary" data-alert="check">${words.check}</button>
        </p>
      </form>
      ${lines(scene)}
    </div>
  </div>`;
}

function what(scene: AlertScene): TemplateResult {
  const { words, desk } = scene;
  const { kinds } = desk.held.draft;
  const fault = faultOf(scene, "kind");
  const taken = (kind: Kind, checked: boolean) =>
    KINDS.filter((each) => (each === kind ? checked : kinds.includes(each)));
  return html`<fieldset>
    <legend>${words.sections.what}</legend>
    <div
      class="entry"
      role="group"
      aria-labelledby="alert-kind"
      aria-describedby=${fault ? "alert-kind-fault" : nothing}
      data-field="kind"
    >
      <span class="label" id="alert-kind">
        ${words.fields.kind} <small>${words.required}</small>
      </span>
      ${fault ? html`<p class="hint" id="alert-kind-fault"><strong class="fault">${fault}</strong></p>` : nothing}
      <div class="ticks">
      ${KINDS.map(
        (kind) => html`<label class="tick">
          <input
            type="checkbox"
            name="kind"
            value=${kind}
            autocomplete="off"
            .checked=${live(kinds.includes(kind))}
            @change=${(event: Event) =>
              desk.edit({ kinds: taken(kind, (event.target as HTMLInputElement).checked) })}
          />
          <span>${words.kinds[kind]}</span>
        </label>`,
      )}
      </div>
    </div>
    ${textField(scene, "story", { hint: words.hints.story, required: true, lines: 9 })}
  </fieldset>`;
}

function where(scene: AlertScene): TemplateResult {
  const { words } = scene;
  return html`<fieldset>
    <legend>${words.sections.where}</legend>
    ${textField(scene, "happened", { hint: words.hints.happened })}
    ${choice(scene, "region", words.regions)}
    ${textField(scene, "place", { hint: words.hints.place })} ${tick(scene, "exact_place")}
    ${choice(scene, "industry", words.industries)}
    ${textField(scene, "company", { hint: words.hints.company })}
  </fieldset>`;
}

function numbers(scene: AlertScene): TemplateResult {
  const { words } = scene;
  return html`<fieldset>
    <legend>${words.sections.numbers}</legend>
    <div class="together">
      ${textField(scene, "amount_owed", { mode: "decimal" })}
      ${textField(scene, "months_owed", { mode: "decimal" })}
      ${textField(scene, "people", { mode: "numeric" })}
    </div>
    ${textField(scene, "links", { hint: words.hints.links, lines: 2 })}
  </fieldset>`;
}

function contacts(scene: AlertScene): TemplateResult {
  const { words, desk } = scene;
  const mainland = isMainland(desk.held.draft.texts.email);
  return html`<fieldset>
    <legend>${words.sections.contact} <small>${words.optional}</small></legend>
    <p class="hint">${words.hints.anonymous}</p>
    ${CONTACTS.map((name) => contact(scene, name))}
    ${textField(scene, "email", { hint: words.hints.email, mode: "email" })}
    <div role="status">
      ${mainland ? html`<p class="notice">${words.hints.email_warning}</p>` : nothing}
    </div>
    ${mainland ? tick(scene, "email_anyway") : nothing}
  </fieldset>`;
}
