/** Likely personal data in what is being typed: asked for after a pause, masked at a press. */
import type { CaseFields, Mark, Pair } from "../api/case_types.ts";
import { findPersonal } from "../api/cases.ts";

export const MASK = "■";
/** The texts of a case that may tell who somebody is. */
export const TEXTS = ["title.zh", "title.en", "text.zh", "text.en", "company.zh", "company.en"];
const PAUSE = 600;

export function textOf(fields: CaseFields, path: string): string {
  const [name, lang] = path.split(".") as ["title" | "text" | "company", "zh" | "en"];
  return fields[name][lang] ?? "";
}

/** The text with a part of it made unreadable, of the same length, so that other marks still fit. */
export function masked(text: string, { start, end }: Mark): string {
  return text.slice(0, start) + MASK.repeat(end - start) + text.slice(end);
}

export interface Piece {
  readonly text: string;
  readonly mark: Mark | null;
}

/** The whole text, cut at its marks; a mark that does not fit it is left out. */
export function pieces(text: string, marks: readonly Mark[]): Piece[] {
  const cut: Piece[] = [];
  let from = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    if (mark.start < from || mark.end > text.length || mark.end <= mark.start) continue;
    cut.push({ text: text.slice(from, mark.start), mark: null });
    cut.push({ text: text.slice(mark.start, mark.end), mark });
    from = mark.end;
  }
  cut.push({ text: text.slice(from), mark: null });
  return cut.filter((piece) => piece.text !== "");
}

/** The marks of each text as it stands; of a text that has changed since, none are shown. */
export class Marking {
  readonly #told: () => void;
  readonly #found = new Map<string, { text: string; marks: readonly Mark[] }>();
  #timer = 0;

  constructor(told: () => void) {
    this.#told = told;
  }

  of(path: string, text: string): readonly Mark[] {
    const held = this.#found.get(path);
    return held?.text === text ? held.marks : [];
  }

  note(path: string, text: string, marks: readonly Mark[]): void {
    this.#found.set(path, { text, marks });
  }

  /** Asks after a pause about every text that is new. */
  look(fields: () => CaseFields | null): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const held = fields();
      if (held === null) return;
      for (const path of TEXTS) void this.#ask(path, textOf(held, path));
    }, PAUSE);
  }

  async #ask(path: string, text: string): Promise<void> {
    if (this.#found.get(path)?.text === text) return;
    if (text.trim() === "") return this.note(path, text, []);
    try {
      this.note(path, text, (await findPersonal(text)).items);
      this.#told();
    } catch {
      // The text is looked at again with the next change, and when it is saved.
    }
  }
}

export function withText(fields: CaseFields, path: string, text: string): CaseFields {
  const [name, lang] = path.split(".") as ["title" | "text" | "company", "zh" | "en"];
  const pair: Pair = { ...fields[name], [lang]: text === "" ? null : text };
  return { ...fields, [name]: pair };
}
