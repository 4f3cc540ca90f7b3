/** Places and terms by code, asked for once; which terms are offered on which map. */
import type { Coded, FoundPlace, PlaceRow, Term } from "../api/case_types.ts";
import { findPlaces, readVocabulary } from "../api/cases.ts";

export class Reference {
  readonly #terms: readonly Term[];
  readonly #places: ReadonlyMap<string, PlaceRow>;

  constructor(terms: readonly Term[], places: readonly PlaceRow[]) {
    this.#terms = terms;
    this.#places = new Map(places.map((place) => [place.code, place]));
  }

  /** The terms of a kind that one of the maps offers; all of them where `map` is null. */
  terms(kind: string, map: string | null = null): readonly Term[] {
    return this.#terms.filter(
      (term) => term.kind === kind && (map === null || term.maps.includes(map)),
    );
  }

  term(kind: string, code: string): Coded {
    const found = this.#terms.find((term) => term.kind === kind && term.code === code);
    return found ?? { code, zh: code, en: code };
  }

  get kinds(): readonly string[] {
    return [...new Set(this.#terms.map((term) => term.kind))];
  }

  /** The place's name with those above it, as one line. */
  place(code: string, lang: "zh" | "en"): string {
    const names: string[] = [];
    for (let at = this.#places.get(code); at; at = this.#places.get(at.parent ?? "")) {
      if (at.kind === "regular" || names.length === 0) names.push(at[lang]);
    }
    if (names.length === 0) return code;
    return lang === "zh" ? names.reverse().join(" ") : names.join(", ");
  }
}

let asked: Promise<Reference> | null = null;

export function reference(): Promise<Reference> {
  asked ??= readVocabulary().then(({ terms, places }) => new Reference(terms, places));
  // A failure is not kept: the next who asks tries again.
  asked.catch(() => {
    asked = null;
  });
  return asked;
}

export async function placesLike(words: string): Promise<readonly FoundPlace[]> {
  return words.trim() === "" ? [] : (await findPlaces(words.trim())).items;
}
