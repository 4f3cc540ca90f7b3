/** A button that copies a text; where the browser forbids that, the text is selected instead. */
import { html, type TemplateResult } from "lit-html";
import type { Words } from "../../i18n/index.ts";

/** Milliseconds that the word "copied" stays. */
const SHOWN = 3000;

/** The text is that of the element `from` in the same dialog: a field or a piece of code. */
export function copyButton(words: Words["dialogs"], from: string, what: string): TemplateResult {
  return html`<span class="copy">
    <button
      type="button"
      aria-label=${words.copyOf(what)}
      @click=${(event: Event) => void copy(words, event.currentTarget as HTMLElement, from)}
    >
      ${words.copy}
    </button>
    <span role="status" class="copied"></span>
  </span>`;
}

async function copy(words: Words["dialogs"], button: HTMLElement, from: string): Promise<void> {
  const source = document.getElementById(from);
  const status = button.nextElementSibling;
  if (source === null || status === null) return;
  const text = source instanceof HTMLInputElement ? source.value : (source.textContent ?? "");
  let said = words.copied;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Not over plain http, and not where the reader has forbidden it.
    select(source);
    said = words.selected;
  }
  status.textContent = said;
  setTimeout(() => {
    if (status.textContent === said) status.textContent = "";
  }, SHOWN);
}

function select(source: HTMLElement): void {
  if (source instanceof HTMLInputElement) {
    source.focus();
    source.select();
  } else {
    getSelection()?.selectAllChildren(source);
  }
}
