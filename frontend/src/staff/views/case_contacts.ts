/** How somebody can be reached: sealed; each look is counted, publication takes two people. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Channel, Consent, Contact } from "../api/case_types.ts";
import { type CaseScene, section } from "./case_view.ts";
import { foreign } from "./parts.ts";

const CHANNELS = ["phone", "email", "wechat", "qq", "other"] as const;
const CONSENTS = ["none", "helpers", "public"] as const;

export function contacts(scene: CaseScene): TemplateResult | typeof nothing {
  const { desk, words, editing } = scene;
  if (!desk.may("POST /staff/contacts/{id}/view")) return nothing;
  const held = editing.held?.contacts ?? [];
  return section(
    "contacts",
    words.editor.sections.contacts,
    html`<p class="hint">${words.contacts.sealed}</p>
      ${held.length === 0 ? html`<p class="hint">${words.contacts.none}</p>` : nothing}
      <ul class="contacts">
        ${held.map((one) => html`<li data-contact=${one.id}>${row(scene, one)}</li>`)}
      </ul>
      ${
        editing.id === null
          ? html`<p class="hint">${words.contacts.saveFirst}</p>`
          : scene.fixed || !desk.may("POST /staff/cases/{id}/contacts")
            ? nothing
            : adding(scene)
      }`,
  );
}

function row(scene: CaseScene, one: Contact): TemplateResult {
  const { desk, words, contacts: state, fixed } = scene;
  const said = words.contacts;
  const seen = state.seen?.id === one.id ? state.seen.value : null;
  const then = (work: Promise<boolean>, text: string) =>
    void work.then((done) => done && desk.say(text));
  const asks = desk.may("POST /staff/contacts/{id}/publication") && !fixed;
  return html`<p>
      <strong>${said.channels[one.channel]}</strong>
      ${
        seen === null
          ? html`<span aria-hidden="true">••••••</span>`
          : html`<code data-value>${foreign(seen)}</code>`
      }
      ${one.public ? html`<span class="tag strong">${said.public}</span>` : nothing}
      ${one.asked ? html`<span class="tag strong">${said.asked}</span>` : nothing}
    </p>
    <div class="acts">
      ${
        seen === null
          ? html`<button type="button" data-view ?disabled=${desk.busy} @click=${() => void state.view(one.id)}>
              ${said.view}
            </button>`
          : html`<button type="button" @click=${() => state.hide()}>${said.hide}</button>`
      }
      <label class="choice">
        <span>${said.consent}</span>
        <select
          name="consent"
          ?disabled=${fixed || desk.busy || !desk.may("PATCH /staff/contacts/{id}")}
          @change=${(event: Event) =>
            void state.consent(one.id, (event.target as HTMLSelectElement).value as Consent)}
        >
          ${CONSENTS.map(
            (consent) =>
              html`<option value=${consent} ?selected=${consent === one.consent}>
                ${said.consents[consent]}
              </option>`,
          )}
        </select>
      </label>
      ${
        asks && one.consent === "public" && !one.public && !one.asked
          ? html`<button
              type="button"
              data-ask
              ?disabled=${desk.busy}
              @click=${() => then(state.askPublication(one.id), said.askedNow)}
            >
              ${said.ask}
            </button>`
          : nothing
      }
      ${
        asks && one.public
          ? html`<button
              type="button"
              data-take-back
              ?disabled=${desk.busy}
              @click=${() => then(state.takeBack(one.id), said.takenBack)}
            >
              ${said.takeBack}
            </button>`
          : nothing
      }
      ${
        fixed || !desk.may("DELETE /staff/contacts/{id}")
          ? nothing
          : html`<button
              type="button"
              class="quiet"
              ?disabled=${desk.busy}
              @click=${() => then(state.remove(one.id), said.removed)}
            >
              ${said.remove}
            </button>`
      }
    </div>`;
}

function adding({ desk, words, contacts: state }: CaseScene): TemplateResult {
  const said = words.contacts;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const value = String(given.get("value") ?? "").trim();
    if (value === "") return;
    const channel = given.get("channel") as Channel;
    if (!(await state.add(channel, value, given.get("consent") as Consent))) return;
    form.reset();
    desk.say(said.added);
  };
  return html`<form class="adding" data-add="contact" @submit=${submit}>
    <label class="choice">
      <span>${said.channel}</span>
      <select name="channel">
        ${CHANNELS.map((one) => html`<option value=${one}>${said.channels[one]}</option>`)}
      </select>
    </label>
    <label class="choice">
      <span>${said.value}</span>
      <input name="value" required maxlength="200" autocomplete="off" spellcheck="false" />
    </label>
    <label class="choice">
      <span>${said.consent}</span>
      <select name="consent">
        ${CONSENTS.map((one) => html`<option value=${one}>${said.consents[one]}</option>`)}
      </select>
    </label>
    <button type="submit" ?disabled=${desk.busy}>${said.add}</button>
  </form>`;
}
