/** Where the keyboard is after a view has changed: on what was opened, or back on what was left. */
import type { Page } from "../state/url.ts";

export class Focus {
  #page: Page | null = null;

  /** After each drawing; the first one leaves the focus where the reader has it. */
  follow(root: HTMLElement, page: Page): void {
    const before = this.#page;
    this.#page = page;
    if (before === null || (before.view === page.view && before.id === page.id)) return;
    const left = before.id && page.id === null ? row(root, before.id) : null;
    const main = root.querySelector<HTMLElement>("main:not([hidden])");
    // Scrolling is the address's business.
    (left ?? main)?.focus({ preventScroll: true });
  }
}

function row(root: HTMLElement, id: string): HTMLElement | null {
  return root.querySelector(`main:not([hidden]) article[data-case="${id}"] a`);
}
