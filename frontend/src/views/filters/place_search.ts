/**
 * A combobox over the names of all places (WAI-ARIA: editable, list autocomplete). What is being
 * typed is nobody else's business, so it is kept here and not in the store.
 */
import { html, type noChange, nothing, type TemplateResult } from "lit-html";
import { AsyncDirective } from "lit-html/async-directive.js";
import { directive } from "lit-html/directive.js";
import { live } from "lit-html/directives/live.js";
import { formatNumber, type Lang } from "../../i18n/format.ts";
import type { Words } from "../../i18n/index.ts";
import type { Place, PlaceIndex } from "./place_index.ts";
import { type Found, findPlaces } from "./place_match.ts";

export interface PlaceSearchProps {
  readonly words: Words["filters"];
  readonly lang: Lang;
  /** Cases by code; null while they are not known. Places without cases are left out. */
  readonly counts: () => ReadonlyMap<string, number> | null;
  /** Fails when the names do not come; may be called again. */
  readonly load: () => Promise<PlaceIndex>;
  readonly choose: (code: string) => void;
}

const LIST = "places-found";
const NO_COUNTS: ReadonlyMap<string, number> = new Map();

class PlaceSearch extends AsyncDirective {
  #props: PlaceSearchProps | null = null;
  #index: PlaceIndex | null = null;
  #text = "";
  #found: readonly Found[] = [];
  #active = -1;
  #open = false;
  #failed = false;

  override render(props: PlaceSearchProps): TemplateResult | typeof noChange {
    this.#props = props;
    return this.#drawn(props);
  }

  #draw(): void {
    if (this.isConnected && this.#props) this.setValue(this.#drawn(this.#props));
  }

  #drawn({ words }: PlaceSearchProps): TemplateResult {
    const shown = this.#open && this.#found.length > 0;
    return html`<div class="place-search" @focusout=${(event: FocusEvent) => this.#left(event)}>
      <input
        type="text"
        role="combobox"
        data-place-search
        aria-label=${words.find}
        aria-autocomplete="list"
        aria-expanded=${shown}
        aria-controls=${LIST}
        aria-activedescendant=${shown && this.#active >= 0 ? `${LIST}-${this.#active}` : nothing}
        placeholder=${words.findHint}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        .value=${live(this.#text)}
        @focus=${() => void this.#load()}
        @input=${(event: Event) => this.#typed((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => this.#pressed(event)}
      />
      <ul class="found" id=${LIST} role="listbox" aria-label=${words.findings} ?hidden=${!shown}>
        ${shown ? this.#found.map((found, at) => this.#option(found, at)) : nothing}
      </ul>
      <p class=${this.#notice() === null ? "visually-hidden" : "notice"} role="status">
        ${this.#notice() ?? (shown ? words.found(String(this.#found.length)) : nothing)}
      </p>
    </div>`;
  }

  /** What stands where the list would be. */
  #notice(): string | null {
    const words = this.#props?.words;
    if (!words || !this.#open || this.#found.length > 0) return null;
    if (this.#failed) return words.findFailed;
    return this.#index ? words.foundNone : null;
  }

  #option({ place, other }: Found, at: number): TemplateResult {
    const lang = this.#props?.lang ?? "zh";
    const counts = this.#props?.counts() ?? null;
    const count = counts === null ? null : (counts.get(place.code) ?? 0);
    return html`<li
      role="option"
      id=${`${LIST}-${at}`}
      class=${count === 0 ? "none" : nothing}
      aria-selected=${at === this.#active}
      @pointerdown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#choose(place)}
    >
      <span>
        ${place[lang]}${other === null ? nothing : html` <span class="other">${other}</span>`}
        <span class="above">${aboveOf(place, lang)}</span>
      </span>
      <span class="number">${count === null ? nothing : formatNumber(count, lang)}</span>
    </li>`;
  }

  async #load(): Promise<void> {
    if (this.#index !== null) return;
    try {
      this.#index = (await this.#props?.load()) ?? null;
      this.#failed = false;
    } catch {
      this.#failed = true;
    }
    if (this.#text !== "") this.#search();
  }

  #typed(text: string): void {
    this.#text = text;
    this.#search();
    if (this.#index === null) void this.#load();
  }

  #search(): void {
    const counts = this.#props?.counts() ?? NO_COUNTS;
    this.#found = this.#index === null ? [] : findPlaces(this.#index, this.#text, counts);
    this.#active = -1;
    this.#open = this.#text.trim() !== "";
    this.#draw();
  }

  #pressed(event: KeyboardEvent): void {
    // While an input method composes, the keys are its own.
    if (event.isComposing) return;
    const last = this.#found.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!this.#open) this.#open = true;
      else if (event.key === "ArrowDown")
        this.#active = this.#active >= last ? 0 : this.#active + 1;
      else this.#active = this.#active <= 0 ? last : this.#active - 1;
      this.#draw();
      document.getElementById(`${LIST}-${this.#active}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      // The form would be sent.
      event.preventDefault();
      const found = this.#open ? this.#found[Math.max(this.#active, 0)] : undefined;
      if (found) this.#choose(found.place);
    } else if (event.key === "Escape" && (this.#open || this.#text !== "")) {
      event.preventDefault();
      if (!this.#open) this.#text = "";
      this.#close();
    }
  }

  #choose(place: Place): void {
    this.#text = "";
    this.#found = [];
    this.#close();
    this.#props?.choose(place.code);
  }

  /** What was typed is no filter: it does not stay when the reader goes on to something else. */
  #left({ relatedTarget }: FocusEvent): void {
    if (relatedTarget !== null) this.#text = "";
    this.#close();
  }

  #close(): void {
    this.#open = false;
    this.#active = -1;
    this.#draw();
  }
}

function aboveOf(place: Place, lang: Lang): string {
  const names: string[] = [];
  for (let at = place.above; at !== null; at = at.above) names.push(at[lang]);
  return lang === "zh" ? names.reverse().join(" ") : names.join(", ");
}

export const placeSearch = directive(PlaceSearch);
