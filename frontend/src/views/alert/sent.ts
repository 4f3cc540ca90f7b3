/** After sending: the receipt, explained once. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { RefusedFile, Taken } from "../../state/alert_held.ts";
import { copyButton } from "../dialogs/copy.ts";
import { type AlertScene, type AlertWords, filled } from "./scene.ts";

export function sent(scene: AlertScene): TemplateResult | typeof nothing {
  const { words, shared, desk } = scene;
  const { taken, mailed } = desk.held;
  if (taken === null) return nothing;
  const { sent: said } = words;
  return html`<div class="alert-sent">
    <p class="lead">${said.lead}</p>
    <p class="code">
      <output id="alert-code" translate="no" data-alert="code">${groups(taken.receipt)}</output>
    </p>
    <p>${copyButton(shared.dialogs, "alert-code", words.window.copy)}</p>
    <p><strong>${said.once}</strong></p>
    <p>${said.can}</p>
    <p>${said.no_identity}</p>
    ${fate(words, taken.files)}
    ${mailed ? html`<p>${said.mailed}</p>` : nothing}
    <p>${said.where} ${said.leave}</p>
    <p class="send">
      <button type="button" data-alert="new" @click=${() => desk.clear()}>
        ${words.window.new}
      </button>
      <button
        type="button"
        data-alert="state"
        @click=${() => {
          desk.editAsked({ code: taken.receipt });
          desk.show("receipt");
          void desk.ask();
        }}
      >
        ${said.check}
      </button>
    </p>
  </div>`;
}

/** In groups that stay whole where the line ends, each with the dash that is copied with it. */
function groups(code: string): TemplateResult[] {
  return code.split(/(?<=-)/).map((group) => html`<span>${group}</span>`);
}

/** What became of the files. */
export function fate(
  words: AlertWords,
  { kept, refused }: Taken["files"],
): TemplateResult | typeof nothing {
  if (kept + refused.length === 0) return nothing;
  return html`<p>${filled(words.window.kept_files, kept)}</p>
    ${
      refused.length === 0
        ? nothing
        : html`<p>${words.window.refused_files}</p>
            <ul data-alert="refused">
              ${refused.map((file) => html`<li>${refusal(words, file)}</li>`)}
            </ul>`
    }`;
}

function refusal(words: AlertWords, { position, code }: RefusedFile): string {
  const { files } = words.errors;
  return filled(code in files ? files[code as keyof typeof files] : files.busy, position + 1);
}
