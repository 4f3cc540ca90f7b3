/** The list of shortcuts, which can be turned off. */
import { html, nothing, type TemplateResult } from "lit-html";
import { dialog } from "../../parts/dialog.ts";
import type { Scene } from "./scene.ts";

export function help(scene: Scene): TemplateResult {
  const { desk, keys } = scene;
  const { words } = desk;
  const row = (key: string, says: string) =>
    html`<div><dt><kbd>${key}</kbd></dt><dd>${says}</dd></div>`;
  return dialog({
    name: "help",
    title: words.keys.heading,
    close: words.shell.close,
    open: desk.state.help,
    closed: () => desk.store.set({ help: false }),
    body: () => html`<dl class="keys">
        ${row("j", words.keys.next)} ${row("k", words.keys.previous)}
        ${row("Enter", words.keys.open)} ${row("/", words.keys.search)}
        ${row("u", words.keys.back)} ${row("1–9", words.keys.rooms)} ${row("?", words.keys.help)}
        ${keys.map(({ key, says }) => row(key, says))}
      </dl>
      <label class="tick">
        <input
          type="checkbox"
          .checked=${desk.state.keys}
          @change=${(event: Event) =>
            desk.store.set({ keys: (event.target as HTMLInputElement).checked })}
        />
        <span>${words.keys.on}</span>
      </label>
      ${desk.state.keys ? nothing : html`<p class="hint">${words.keys.off}</p>`}`,
  });
}
