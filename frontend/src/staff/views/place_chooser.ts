/** A combobox over the gazetteer, asked as one types; what is being typed is kept here only. */
import { html, type noChange, nothing, type TemplateResult } from "lit-html";
import { AsyncDirective } from "lit-html/async-directive.js";
import { directive } from "lit-html/directive.js";
import { live } from "lit-html/directives/live.js";
import type { CaseWords } from "../../i18n/desk_cases.ts";
import type { Lang } from "../../i18n/format.ts";
import type { FoundPlace } from "../api/case_types.ts";
import { placesLike } from "../state/case_reference.ts";

interface Props {
  readonly words: CaseWords["fields"];
  readonly lang: Lang;
  /** Tells this one from others on the page. */
  readonly id: string;
  readonly label: string;
  readonly fixed: boolean;
  readonly choose: (place: FoundPlace) => void;
}

const PAUSE = 180;

class PlaceChooser extends AsyncDirective {
  #props: Props | null = null;
  #text = "";
  #found: readonly FoundPlace[] = [];
  #asked: string | null = null;
  #active = -1;
  #open = false;
  #timer = 0;

  override render(props: Props): TemplateResult | typeof noChange {
    this.#props = props;
    return this.#drawn(props);
  }

  #draw(): void {
    if (this.isConnected && this.#props) this.setValue(this.#drawn(this.#props));
  }

  #drawn({ words, label, id, lang, fixed }: Props): TemplateResult {
    const list = `places-${id}`;
    const shown = this.#open && this.#found.length > 0;
    const none = this.#open && this.#asked !== null && this.#found.length === 0;
    return html`<div class="place-search field" @focusout=${() => this.#close()}>
      <label for=${`${list}-field`}>${label}</label>
      <input
        id=${`${list}-field`}
        type="text"
        role="combobox"
        data-place=${id}
        aria-autocomplete="list"
        aria-expanded=${shown}
        aria-controls=${list}
        aria-activedescendant=${shown && this.#active >= 0 ? `${list}-${this.#active}` : nothing}
        placeholder=${words.placeHint}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        ?disabled=${fixed}
        .value=${live(this.#text)}
        @input=${(event: Event) => this.#typed((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => this.#pressed(event)}
      />
      <ul class="found" id=${list} role="listbox" aria-label=${label} ?hidden=${!shown}>
        ${
          shown
            ? this.#found.map(
                (place, at) => html`<li
                  role="option"
                  id=${`${list}-${at}`}
                  aria-selected=${at === this.#active}
                  @pointerdown=${(event: Event) => event.preventDefault()}
                  @click=${() => this.#choose(place)}
                >
                  <span>${place[lang]} <span class="above">${above(place, lang)}</span></span>
                </li>`,
              )
            : nothing
        }
      </ul>
      <p class=${none ? "notice" : "visually-hidden"} role="status">
        ${none ? words.placeNone : shown ? words.placeFound(String(this.#found.length)) : nothing}
      </p>
    </div>`;
  }

  #typed(text: string): void {
    this.#text = text;
    this.#active = -1;
    this.#open = text.trim() !== "";
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(text), PAUSE);
  }

  async #ask(text: string): Promise<void> {
    try {
      const found = await placesLike(text);
      if (text !== this.#text) return;
      this.#found = found;
      this.#asked = text;
    } catch {
      this.#found = [];
    }
    this.#draw();
  }

  #pressed(event: KeyboardEvent): void {
    // While an input method composes, the keys are its own.
    if (event.isComposing) return;
    const last = this.#found.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (event.key === "ArrowDown") this.#active = this.#active >= last ? 0 : this.#active + 1;
      else this.#active = this.#active <= 0 ? last : this.#active - 1;
      this.#draw();
    } else if (event.key === "Enter") {
      // The form would be saved.
      event.preventDefault();
      const found = this.#open ? this.#found[Math.max(this.#active, 0)] : undefined;
      if (found) this.#choose(found);
    } else if (event.key === "Escape" && this.#open) {
      event.preventDefault();
      this.#close();
    }
  }

  #choose(place: FoundPlace): void {
    this.#text = "";
    this.#found = [];
    this.#close();
    this.#props?.choose(place);
  }

  #close(): void {
    this.#open = false;
    this.#active = -1;
    this.#draw();
  }
}

function above(place: FoundPlace, lang: Lang): string {
  const names = place.path.filter(({ code }) => code !== place.code).map((one) => one[lang]);
  return lang === "zh" ? names.join(" ") : names.reverse().join(", ");
}

export const placeChooser = directive(PlaceChooser);
