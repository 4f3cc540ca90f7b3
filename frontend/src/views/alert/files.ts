/** Choosing files: their kinds and sizes are looked at before anything is sent. */
import { html, nothing, type TemplateResult } from "lit-html";
import { ACCEPTED, MAX_FILES } from "../../state/alert_form.ts";
import { type AlertScene, filled } from "./scene.ts";

interface Choosing {
  readonly files: readonly File[];
  readonly add: (files: readonly File[]) => void;
  readonly drop: (at: number) => void;
  readonly faults: readonly string[];
}

export function files(
  scene: AlertScene,
  { files: held, add, drop, faults }: Choosing,
): TemplateResult {
  const { words } = scene;
  const { window: said } = words;
  return html`<div class="entry" data-field="files">
    <div><label class="button choose" aria-disabled=${held.length === MAX_FILES ? "true" : nothing}>
      <input
        type="file"
        class="visually-hidden"
        name="files"
        multiple
        accept=${ACCEPTED}
        aria-describedby="alert-files-hint"
        ?disabled=${held.length === MAX_FILES}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          add([...(input.files ?? [])]);
          // The same file can be chosen again after it was removed.
          input.value = "";
        }}
      />
      ${said.choose_files}
    </label></div>
    <p class="hint" id="alert-files-hint">${words.hints.files}</p>
    <div role="status">${faults.map((fault) => html`<p class="fault">${fault}</p>`)}</div>
    ${
      held.length === 0
        ? nothing
        : html`<ol class="files">
            ${held.map(
              (file, at) => html`<li>
                <span translate="no">${file.name}</span>
                <small>${size(file.size)}</small>
                <button
                  type="button"
                  aria-label=${filled(said.remove_file, at + 1)}
                  @click=${() => drop(at)}
                >
                  ${said.remove}
                </button>
              </li>`,
            )}
          </ol>`
    }
  </div>`;
}

function size(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.ceil(bytes / 1000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
