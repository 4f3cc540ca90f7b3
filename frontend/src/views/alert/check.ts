/** The second screen: what was typed, with marks where it may tell who somebody is; then files, then sending. */
import { html, nothing, type TemplateResult } from "lit-html";
import { CONTACTS, type FileFault, TEXTS } from "../../state/alert_form.ts";
import type { Trouble } from "../../state/alert_held.ts";
import { type Piece, pieces } from "../../state/alert_marks.ts";
import { tick } from "./fields.ts";
import { files } from "./files.ts";
import type { AlertScene, AlertWords } from "./scene.ts";

const MARKED = ["happened", "place", "company", "links"] as const;

export function check(scene: AlertScene): TemplateResult {
  const { words, desk } = scene;
  const { draft, sending, fileFaults } = desk.held;
  const { texts } = draft;
  const story = pieces(texts.story.trim());
  const found = [story, ...MARKED.map((name) => pieces(texts[name].trim()))].flat();
  const marked = found.some((piece) => piece.kind !== null);
  return html`<div class="alert-check">
    <p class="lead">${words.preview.lead}</p>
    <p>${marked ? words.preview.marked : words.preview.unmarked}</p>
    <section class="own" aria-labelledby="alert-own">
      <h3 id="alert-own">${words.preview.your_words}</h3>
      <p class="story" translate="no" data-alert="preview">${drawn(story, words)}</p>
      <dl>${rows(scene)}</dl>
      ${anonymous(scene) ? html`<p class="hint">${words.preview.anonymous}</p>` : nothing}
      <p>
        <button
          type="button"
          data-alert="edit"
          ?disabled=${sending !== null}
          @click=${() => desk.show("story")}
        >
          ${words.preview.edit}
        </button>
      </p>
    </section>
    <fieldset ?disabled=${sending !== null}>
      <legend>${words.sections.files} <small>${words.optional}</small></legend>
      ${files(scene, {
        files: draft.files,
        add: (added) => desk.addFiles(added),
        drop: (at) => desk.dropFile(at),
        faults: fileFaults.map((fault) => fileFault(words, fault)),
      })}
      ${draft.files.length > 0 ? tick(scene, "keep_original") : nothing}
    </fieldset>
    ${trouble(scene)}
    ${sending === null ? send(scene) : progress(scene, sending.work)}
  </div>`;
}

/** Marks say in words what their colour means. */
function drawn(parts: readonly Piece[], words: AlertWords): (TemplateResult | string)[] {
  return parts.map(({ text, kind }) =>
    kind === null
      ? text
      : html`<mark class=${kind}>${text}<small>${words.marks[kind]}</small></mark>`,
  );
}

function rows({ words, desk }: AlertScene): TemplateResult[] {
  const { texts, kinds, ticks, consents } = desk.held.draft;
  const row = (label: string, said: unknown) => html`<div>
      <dt>${label}</dt>
      <dd translate="no">${said}</dd>
    </div>`;
  const found = [row(words.fields.kind, kinds.map((kind) => words.kinds[kind]).join(" · "))];
  for (const name of TEXTS) {
    const text = texts[name].trim();
    if (text === "" || name === "story") continue;
    const label = words.fields[name];
    if (name === "region") found.push(row(label, said(words.regions, text)));
    else if (name === "industry") found.push(row(label, said(words.industries, text)));
    else if (MARKED.some((each) => each === name))
      found.push(row(label, drawn(pieces(text), words)));
    else {
      const contact = CONTACTS.find((each) => name === `contact_${each}`);
      const who = contact && html`<small>${words.consents[consents[contact]]}</small>`;
      found.push(row(label, html`${text} ${who ?? nothing}`));
    }
    if (name === "place" && ticks.includes("exact_place"))
      found.push(row(words.fields.exact_place, words.yes));
  }
  return found;
}

function said(names: Readonly<Record<string, string>>, code: string): string {
  return names[code] ?? code;
}

function anonymous({ desk }: AlertScene): boolean {
  const { texts } = desk.held.draft;
  return (
    texts.email.trim() === "" && CONTACTS.every((name) => texts[`contact_${name}`].trim() === "")
  );
}

export function fileFault(words: AlertWords, fault: FileFault): string {
  return fault === "many" ? words.window.too_many : words.window.file_faults[fault];
}

function trouble(scene: AlertScene): TemplateResult | typeof nothing {
  const { words, desk } = scene;
  const { trouble: met } = desk.held;
  return html`<div role="alert">
    ${
      met === null
        ? nothing
        : html`<div class="notice" data-trouble=${met}>
            <p>${saying(words, met)}</p>
            ${
              met === "refused"
                ? html`<button type="button" @click=${() => desk.show("story")}>
                    ${words.preview.edit}
                  </button>`
                : nothing
            }
          </div>`
    }
  </div>`;
}

function saying(words: AlertWords, met: Trouble): string {
  const { errors, window: own } = words;
  const said: Record<Trouble, string> = {
    away: own.away,
    busy: errors.busy,
    running: errors.running,
    closed: errors.no_alerts,
    large: errors.too_large,
    refused: errors.fix,
    changed: errors.used,
    failed: errors.failed,
  };
  return said[met];
}

function send({ words, desk }: AlertScene): TemplateResult {
  return html`<p class="hint">${words.preview.send_note}</p>
    <p class="send">
      <button type="button" class="primary" data-alert="send" @click=${() => void desk.send()}>
        ${words.preview.send}
      </button>
    </p>`;
}

function progress({ words, desk }: AlertScene, work: number | null): TemplateResult {
  const { window: said } = words;
  return html`<div class="alert-progress" data-alert="progress">
    <p role="status">${work === null ? said.passing : said.working}</p>
    ${
      work === null
        ? html`<progress aria-label=${said.passing}></progress>`
        : html`<progress aria-label=${said.working} max="1" value=${work}></progress>`
    }
    <button type="button" data-alert="cancel" @click=${() => desk.cancel()}>${said.cancel}</button>
  </div>`;
}
