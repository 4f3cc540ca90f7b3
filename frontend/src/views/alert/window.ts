/** The window of Incident Alert: its head with the way out, and the screen that is in front. */
import { html, nothing, type TemplateResult } from "lit-html";
import type { Screen } from "../../state/alert_held.ts";
import { check } from "./check.ts";
import { form } from "./form.ts";
import { receipt } from "./receipt.ts";
import type { AlertScene } from "./scene.ts";
import { sent } from "./sent.ts";

const SCREENS: Record<Screen, (scene: AlertScene) => TemplateResult | typeof nothing> = {
  story: form,
  check,
  sent,
  receipt,
};

export function alertWindow(scene: AlertScene, open: boolean): TemplateResult {
  const { words, shared, desk, leave } = scene;
  const { screen } = desk.held;
  const titles: Record<Screen, string> = {
    story: words.heading,
    check: words.preview.heading,
    sent: words.sent.heading,
    receipt: words.receipt.heading,
  };
  return html`<dialog class="dialog" data-dialog="alert" aria-labelledby="dialog-alert">
    ${
      open
        ? html`<div class="dialog-head">
              <h2 id="dialog-alert" tabindex="-1" autofocus>${titles[screen]}</h2>
              <button
                type="button"
                class="leave"
                data-exit
                aria-describedby="alert-exit"
                @click=${leave}
              >
                ${words.exit}
              </button>
              <form method="dialog">
                <button class="close" aria-label=${shared.shell.close}>×</button>
              </form>
            </div>
            <div class="dialog-body alert" data-screen=${screen}>
              <p class="hint" id="alert-exit">${words.window.exit_note}</p>
              ${SCREENS[screen](scene)}
            </div>`
        : nothing
    }
  </dialog>`;
}
