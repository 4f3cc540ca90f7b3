/** How wide texts are, and texts cut into lines that fit. */

export type Measure = (text: string) => number;

/**
 * About how wide a text is, in CSS pixels, rather too wide than too narrow. Charts are laid out by
 * it: asking the browser makes it look through all fonts for characters it has not met at that
 * size, which took 85 to 380 ms of a page that had just been opened.
 */
export function estimated(text: string, size: number): number {
  let ems = 0;
  for (const one of text) ems += one > "\u2e7f" ? 1 : THIN.test(one) ? 0.36 : 0.62;
  return ems * size;
}

const THIN = /[ .,:;'’!|()[\]fijlrtI-]/;

/** Real widths in CSS pixels of texts in a CSS `font`; for what is saved and cannot be read again. */
export function measureIn(font: string): Measure {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) throw new Error("no canvas to measure text with");
  context.font = font;
  return (text) => context.measureText(text).width;
}

/** Lines no wider than `width`: broken between words, and in Chinese between characters. */
export function linesOf(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.match(PIECE) ?? []) {
    // A word wider than a line is cut.
    for (const part of measure(piece) > width ? [...piece] : [piece]) {
      if (line !== "" && measure(line + part.trimEnd()) > width) {
        lines.push(line.trimEnd());
        line = part.trimStart();
      } else line += part;
    }
  }
  return line.trim() === "" ? lines : [...lines, line.trimEnd()];
}

/** What is not torn apart: a word or a Chinese character, with the signs that belong to it. */
const PIECE =
  /[“‘（《「『]*(?:\p{Script=Han}|[^\s\p{Script=Han}“‘（《「『，。、；：！？”’）》」』]+)?[，。、；：！？”’）》」』]*(?:\s+|(?=\S)|$)/gu;
