/** With a receipt: the state, adding something, and withdrawing everything at the second press. */
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { formatDay } from "../../i18n/format.ts";
import { address } from "../../state/url.ts";
import { fileFault } from "./check.ts";
import { files } from "./files.ts";
import { type AlertScene, filled } from "./scene.ts";
import { fate } from "./sent.ts";

export function receipt(scene: AlertScene): TemplateResult {
  const { words, desk } = scene;
  const { asked, taken } = desk.held;
  const { receipt: said } = words;
  return html`<div class="alert-receipt">
    <p class="lead">${said.lead}</p>
    <form
      class="report"
      autocomplete="off"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void desk.ask();
      }}
    >
      <div class="entry">
        <label for="alert-receipt">${words.fields.receipt}</label>
        <div class="ask">
          <input
            id="alert-receipt"
            type="text"
            maxlength="60"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
            translate="no"
            .value=${live(asked.code)}
            @input=${(event: Event) =>
              desk.editAsked({ code: (event.target as HTMLInputElement).value })}
          />
          <button type="submit" class="primary" data-alert="show">${said.ask}</button>
        </div>
      </div>
    </form>
    <div role="status" data-asked=${asked.status}>${answer(scene)}</div>
    ${asked.status === "known" || asked.status === "added" ? more(scene) : nothing}
    <p class="send">
      <button type="button" @click=${() => desk.show(taken === null ? "story" : "sent")}>
        ${taken === null ? words.window.back : words.window.again}
      </button>
    </p>
  </div>`;
}

function answer({ words, desk, lang }: AlertScene): TemplateResult | typeof nothing {
  const { status, state, went, trouble } = desk.held.asked;
  const { receipt: said, window: own } = words;
  if (trouble !== null) {
    const told = trouble === "away" || trouble === "busy" ? own.ask_away : own.ask_failed;
    return html`<p class="notice" data-trouble=${trouble}>${told}</p>`;
  }
  if (status === "asking") return html`<p>${own.asking}</p>`;
  if (status === "unknown") return html`<p class="notice">${said.unknown}</p>`;
  if (status === "withdrawn") return html`<p class="notice done">${said.withdrawn}</p>`;
  if (status === "added")
    return html`<div class="notice done">
      <p>${said.added}</p>
      ${went === null ? nothing : fate(words, went)}
    </div>`;
  if (state === null) return nothing;
  // The desk's word for spam is nobody else's business.
  const shown = state.state === "spam" ? "rejected" : state.state;
  if (shown === "unknown") return nothing;
  return html`<div class="notice done" data-state=${shown}>
    <p><strong>${words.states[shown]}</strong></p>
    ${
      state.changed_on === null
        ? nothing
        : html`<p>${filled(said.since, formatDay(state.changed_on, lang))}</p>`
    }
    ${state.reason === null ? nothing : html`<p>${filled(said.reason, state.reason[lang])}</p>`}
    ${
      state.case_id === null
        ? nothing
        : html`<p><a href=${address({ ...CASE, id: state.case_id })}>${said.published}</a></p>`
    }
  </div>`;
}

const CASE = {
  view: "case",
  filters: {},
  sort: "-date",
  lang: null,
  show: "list",
  at: null,
} as const;

function more(scene: AlertScene): TemplateResult | typeof nothing {
  const { words, desk } = scene;
  const { asked, sure } = desk.held;
  const { receipt: said } = words;
  if (asked.state?.state === "withdrawn") return nothing;
  const blank = asked.text.trim() === "" && asked.files.length === 0;
  return html`<section aria-labelledby="alert-add">
      <h3 id="alert-add">${said.add_heading}</h3>
      <div class="entry">
        <label for="alert-text">${words.fields.text}</label>
        <p class="hint" id="alert-text-hint">${said.add_note}</p>
        <textarea
          id="alert-text"
          rows="5"
          maxlength="10000"
          autocomplete="off"
          spellcheck="false"
          aria-describedby="alert-text-hint"
          .value=${live(asked.text)}
          @input=${(event: Event) =>
            desk.editAsked({ text: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
      </div>
      ${files(scene, {
        files: asked.files,
        add: (added) => desk.addAskedFiles(added),
        drop: (at) => desk.editAsked({ files: asked.files.filter((_, each) => each !== at) }),
        faults: asked.fileFaults.map((fault) => fileFault(words, fault)),
      })}
      <p class="send">
        <button
          type="button"
          class="primary"
          data-alert="add"
          ?disabled=${blank}
          @click=${() => void desk.add()}
        >
          ${said.add}
        </button>
      </p>
    </section>
    <section aria-labelledby="alert-withdraw">
      <h3 id="alert-withdraw">${said.withdraw_heading}</h3>
      <p>${said.withdraw_note}</p>
      <div role="status">
        ${sure === "withdraw" ? html`<p class="notice">${said.sure} ${said.sure_note}</p>` : nothing}
      </div>
      <p class="send">
        ${
          sure === "withdraw"
            ? html`<button type="button" @click=${() => desk.sure(null)}>${said.keep}</button>`
            : nothing
        }
        <button
          type="button"
          class="danger"
          data-alert="withdraw"
          @click=${() => (sure === "withdraw" ? void desk.withdraw() : desk.sure("withdraw"))}
        >
          ${sure === "withdraw" ? said.really : said.withdraw}
        </button>
      </p>
    </section>`;
}
