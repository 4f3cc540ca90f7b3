/** A native dialog: title, close button; Esc closes it, and the focus returns where it was. */
import { type ElementPart, html, noChange, nothing, type TemplateResult } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";
import type { Desk } from "../state/desk.ts";

interface Frame {
  readonly name: string;
  readonly title: string;
  readonly open: boolean;
  readonly closed: () => void;
  /** Drawn only while the dialog is open. */
  readonly body: () => TemplateResult;
}

export function dialog(desk: Desk, { name, title, open, closed, body }: Frame): TemplateResult {
  const heading = `dialog-${name}`;
  return html`<dialog class="dialog" data-dialog=${name} aria-labelledby=${heading} ${modal(open, closed)}>
    ${
      open
        ? html`<div class="dialog-head">
              <h2 id=${heading} tabindex="-1" autofocus>${title}</h2>
              <form method="dialog">
                <button class="close" aria-label=${desk.words.shell.close}>×</button>
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

  override render(_open: boolean, _closed: () => void): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [open, closed]: [boolean, () => void]): typeof noChange {
    this.#open = open;
    this.#closed = closed;
    if (this.#dialog === null) {
      const made = part.element as HTMLDialogElement;
      this.#dialog = made;
      // Told late: it may have been opened again since.
      made.addEventListener("close", () => {
        if (!made.open) this.#closed();
      });
    }
    // After the drawing: a dialog gives the focus to what is in it when it opens.
    queueMicrotask(() => this.#follow());
    return noChange;
  }

  #follow(): void {
    const made = this.#dialog;
    if (!made?.isConnected || made.open === this.#open) return;
    if (this.#open) made.showModal();
    else made.close();
  }
}

const modal = directive(Modal);
