/** A native dialog: title, close button; Esc and the backdrop close it, and the focus returns. */
import { type ElementPart, html, noChange, nothing, type TemplateResult } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";

interface Frame {
  readonly name: string;
  readonly title: string;
  /** What the close button is called. */
  readonly close: string;
  readonly open: boolean;
  readonly closed: () => void;
  /** Drawn only while the dialog is open. */
  readonly body: () => TemplateResult;
}

export function dialog({ name, title, close, open, closed, body }: Frame): TemplateResult {
  const heading = `dialog-${name}`;
  return html`<dialog class="dialog" data-dialog=${name} aria-labelledby=${heading} ${modal(open, closed)}>
    ${
      open
        ? html`<div class="dialog-head">
              <h2 id=${heading} tabindex="-1" autofocus>${title}</h2>
              <form method="dialog">
                <button class="close" aria-label=${close}>×</button>
              </form>
            </div>
            <div class="dialog-body">${body()}</div>`
        : nothing
    }
  </dialog>`;
}

/** Opens and closes as the state says. The state hears of the reader's wish to close before the
 * browser follows it: the `close` event comes a task later, and what is drawn in between must
 * neither open the dialog again nor shut one that was opened since. */
class Modal extends Directive {
  #dialog: HTMLDialogElement | null = null;
  #open = false;
  /** What was last carried out of `#open`. */
  #shown = false;
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
    if (!dialog?.isConnected || this.#shown === this.#open) return;
    this.#shown = this.#open;
    if (dialog.open === this.#open) return;
    if (this.#open) dialog.showModal();
    else dialog.close();
  }

  #listen(dialog: HTMLDialogElement): void {
    dialog.addEventListener("cancel", (event) => {
      // That of a file chooser inside bubbles.
      if (event.target === dialog) this.#closed();
    });
    dialog.addEventListener("submit", (event) => {
      if (event.target instanceof HTMLFormElement && event.target.method === "dialog")
        this.#closed();
    });
    dialog.addEventListener("pointerdown", (event) => {
      this.#pressedOutside = event.target === dialog;
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog && this.#pressedOutside) this.#closed();
    });
    // However else a browser closes it.
    dialog.addEventListener("close", () => {
      if (!dialog.open && this.#open) this.#closed();
    });
  }
}

const modal = directive(Modal);
