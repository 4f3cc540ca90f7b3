/** Small parts that many rooms draw: a room's head, what did not come, a list's end, texts to copy. */
import { html, nothing, type TemplateResult } from "lit-html";
import { formatNumber, tidy } from "../../i18n/format.ts";
import type { Page } from "../api/types.ts";
import type { Asked } from "../state/asked.ts";
import type { Desk } from "../state/desk.ts";

/** The heading takes the focus when a room is opened. */
export function head(text: string, beside: unknown = nothing): TemplateResult {
  return html`<header class="room-head"><h1 tabindex="-1">${text}</h1>${beside}</header>`;
}

/** Says that something asked for did not come, and offers to ask again. */
export function failure(
  desk: Desk,
  asked: Asked<unknown>,
  again: () => void,
): TemplateResult | typeof nothing {
  const { refusal } = asked;
  if (asked.status !== "failed" || refusal === null) return nothing;
  const { words, lang } = desk;
  return html`<p class="notice trouble" role="alert" data-failure=${refusal.kind}>
    ${refusal.body?.titles[lang] ?? words.shell.away}
    <button type="button" @click=${again}>${words.shell.again}</button>
  </p>`;
}

/** While the first answer is on its way. */
export function waiting(desk: Desk, asked: Asked<unknown>): TemplateResult | typeof nothing {
  if (asked.data !== null || asked.status !== "loading") return nothing;
  return html`<p class="hint" role="status">${desk.words.shell.loading}</p>`;
}

/** How many there are, and the button for more where there are. */
export function count(desk: Desk, total: number, of: (count: string) => string): TemplateResult {
  return html`<p class="count" role="status">${of(formatNumber(total, desk.lang))}</p>`;
}

export function more(
  desk: Desk,
  page: Pick<Page<unknown>, "next">,
  ask: () => void,
): TemplateResult | typeof nothing {
  if (page.next === null) return nothing;
  return html`<p class="more">
    <button type="button" data-more ?disabled=${desk.busy} @click=${ask}>
      ${desk.words.shell.more}
    </button>
  </p>`;
}

/** Text of unknown origin: in its own direction, without characters that nobody can see. */
export function foreign(text: string): TemplateResult {
  return html`<bdi>${tidy(text)}</bdi>`;
}

/** A text that is copied rather than followed or typed. */
export function copied(desk: Desk, text: string, what: string): TemplateResult {
  const { words } = desk;
  return html`<span class="copied"
    ><code translate="no">${tidy(text)}</code>
    <button
      type="button"
      aria-label=${words.shell.copyOf(what)}
      @click=${(event: Event) => void copy(desk, event.currentTarget as HTMLElement, text)}
    >
      ${words.shell.copy}
    </button></span
  >`;
}

async function copy(desk: Desk, button: HTMLElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    desk.say(desk.words.shell.copiedText);
  } catch {
    // Not over plain http, and not where the browser forbids it.
    const source = button.previousElementSibling;
    if (source) getSelection()?.selectAllChildren(source);
    desk.say(desk.words.shell.selected);
  }
}

/** A choice in a list's head; the first option takes it away. */
export function choice<T extends string>(
  label: string,
  value: string | undefined,
  options: readonly (readonly [T, string])[],
  {
    any,
    changed,
    first = false,
  }: { any: string; changed: (value: T | "") => void; first?: boolean },
): TemplateResult {
  return html`<label class="choice">
    <span>${label}</span>
    <select
      data-search=${first ? "" : nothing}
      @change=${(event: Event) => changed((event.target as HTMLSelectElement).value as T | "")}
    >
      <option value="" ?selected=${!value}>${any}</option>
      ${options.map(
        ([code, text]) => html`<option value=${code} ?selected=${code === value}>${text}</option>`,
      )}
    </select>
  </label>`;
}

/** A day in a list's head. */
export function day(
  label: string,
  value: string | undefined,
  changed: (value: string) => void,
): TemplateResult {
  return html`<label class="choice">
    <span>${label}</span>
    <input
      type="date"
      .value=${value ?? ""}
      @change=${(event: Event) => changed((event.target as HTMLInputElement).value)}
    />
  </label>`;
}

export function tag(text: string, kind: "strong" | "quiet" | "" = ""): TemplateResult {
  return html`<span class=${`tag ${kind}`}>${text}</span>`;
}

/** A button whose act is done at the second press; beside it then the way back. */
export function twice(desk: Desk, { text, label, sure, press, act }: Twice): TemplateResult {
  const { words } = desk;
  if (!sure)
    return html`<button type="button" aria-label=${label} ?disabled=${desk.busy} @click=${() => press(true)}>
      ${text}
    </button>`;
  return html`<button type="button" class="danger" ?disabled=${desk.busy} @click=${act}>
      ${words.shell.sure}<span class="visually-hidden">: ${label}</span>
    </button>
    <button type="button" class="quiet" @click=${() => press(false)}>${words.shell.keep}</button>`;
}

interface Twice {
  readonly text: string;
  /** What the button says to who does not see what it stands beside. */
  readonly label: string;
  readonly sure: boolean;
  readonly press: (sure: boolean) => void;
  readonly act: () => void;
}
