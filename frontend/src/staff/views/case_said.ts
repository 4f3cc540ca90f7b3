/** What was said, beside the case that is made from it: the alert, or the words of the sources. */
import { html, nothing, type TemplateResult } from "lit-html";
import { additions, attached, content } from "./alert_content.ts";
import type { CaseScene } from "./case_view.ts";
import { failure, foreign, waiting } from "./parts.ts";

export function whatWasSaid(scene: CaseScene): TemplateResult {
  const { words, editing } = scene;
  const alert = editing.held?.alert ?? null;
  return html`<section class="said-side" data-part="said">
    ${
      alert === null
        ? html`<h2>${words.editor.said}</h2>
            ${elsewhere(scene)}`
        : fromAlert(scene, alert)
    }
  </section>`;
}

function fromAlert({ desk, words, editing }: CaseScene, id: string): TemplateResult {
  if (!desk.may("GET /staff/alerts/{id}"))
    return html`<p class="hint">${words.said.notAllowed}</p>`;
  const one = editing.around.said;
  const held = one.read.data;
  return html`${failure(desk, one.read, () => one.again())} ${waiting(desk, one.read)}
    ${
      held === null
        ? nothing
        : html`${content(desk, held)} ${attached(desk, one, held.attachments)}
            ${additions(desk, one, held)}
            <p><a href=${desk.href({ room: "alerts", id })}>${words.said.open}</a></p>`
    }`;
}

/** For what was found or imported: the words that no term matched, and the texts of the sources. */
function elsewhere({ words, editing, fields }: CaseScene): TemplateResult {
  const held = editing.held ?? fields;
  const said = Object.values(held.stated).flat();
  const found = held.sources.map(({ url }) => url).filter((url) => url !== null);
  return html`<p class="hint">${words.said.none}</p>
    ${
      said.length === 0
        ? nothing
        : html`<h3>${words.said.stated}</h3>
            <ul class="tags">
              ${said.map((word) => html`<li class="tag">${foreign(word)}</li>`)}
            </ul>`
    }
    ${
      found.length === 0
        ? nothing
        : html`<h3>${words.said.sources}</h3>
            <ul class="inert">
              ${found.map((url) => html`<li>${foreign(url)}</li>`)}
            </ul>`
    }`;
}
