/** The frame of a native dialog: title, close button; Esc and the backdrop close it, focus returns. */
import { type ElementPart, html, noChange, nothing, type TemplateResult } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";
import type { Dialog } from "../../state/store.ts";
import type { Scene } from "../scene.ts";

interface Frame {
  readonly dialog: Dialog;
  readonly title: string;
  readonly open: boolean;
  readonly closed: () => void;
  /** Drawn only while the dialog is open. */
  readonly body: () => TemplateResult;
}

export function frame(scene: Scene, { dialog, title, open, closed, body }: Frame): TemplateResult {
  const heading = `dialog-${dialog}`;
  return html`<dialog
    class="dialog"
    data-dialog=${dialog}
    aria-labelledby=${heading}
    ${modal(open, closed)}
  >
    ${
      open
        ? html`<div class="dialog-head">
              <h2 id=${heading} tabindex="-1" autofocus>${title}</h2>
              <form method="dialog">
                <button class="close" aria-label=${scene.words.shell.close}>×</button>
              </form>
            </div>
            <div class="dialog-body">${body()}</div>`
        : nothing
    }
  </dialog>`;
}

class Modal extends Directive {
  #dialog: HTMLDialogElement | null = null;
  #open = false;
  #closed: () => void = () => undefined;
  /** A press that began inside, such as a selection of text, does not close. */
  #pressedOutside = false;

  override render(_open: boolean, _closed: () => void): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [open, closed]: [boolean, () => void]): typeof noChange {
    this.#open = open;
    this.#closed = closed;
    if (this.#dialog === null) {
      this.#dialog = part.element as HTMLDialogElement;
      this.#listen(this.#dialog);
    }
    // After the drawing: a dialog gives the focus to what is in it when it opens.
    queueMicrotask(() => this.#follow());
    return noChange;
  }

  #follow(): void {
    const dialog = this.#dialog;
    if (!dialog?.isConnected || dialog.open === this.#open) return;
    if (this.#open) dialog.showModal();
    else dialog.close();
  }

  #listen(dialog: HTMLDialogElement): void {
    // Told late: it may have been opened again since.
    dialog.addEventListener("close", () => {
      if (!dialog.open) this.#closed();
    });
    dialog.addEventListener("pointerdown", (event) => {
      this.#pressedOutside = event.target === dialog;
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog && this.#pressedOutside) dialog.close();
    });
  }
}

const modal = directive(Modal);
