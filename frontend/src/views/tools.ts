/** Upper left, where readers of the old map look for them: Advanced Search, Export, Subscribe. */
import { html, type TemplateResult } from "lit-html";
import type { Dialog } from "../state/store.ts";
import type { Scene } from "./scene.ts";

const TOOLS = ["advanced", "export", "subscribe"] as const satisfies readonly Dialog[];

export function tools(scene: Scene): TemplateResult {
  const { words, act } = scene;
  return html`<div class="tools" role="group" aria-label=${words.list.tools}>
    ${TOOLS.map(
      (tool) =>
        html`<button type="button" class="tool" data-tool=${tool} @click=${() => act.openDialog(tool)}>
          ${words.list[tool]}
        </button>`,
    )}
  </div>`;
}
