/** A figure as a picture that explains itself elsewhere: title, scope, chart, n, notes, source. */
import { chartWordsOf } from "../../i18n/charts.ts";
import { formatDay, langTag, tidy } from "../../i18n/format.ts";
import { absolute, address } from "../../state/url.ts";
import type { Scene } from "../scene.ts";
import { drawingOf } from "./drawing.ts";
import type { Figure } from "./figures.ts";
import { linesOf, measureIn } from "./measuring.ts";
import type { Form } from "./options.ts";
import { printedTheme, type Theme } from "./theme.ts";

const WIDTH = 1000;
const MARGIN = 36;
const INNER = WIDTH - 2 * MARGIN;
/** Device pixels of a PNG for one of the drawing. */
const SCALE = 2;

/** The chart as SVG text with everything written around it; in light colours, on paper. */
export async function pictureOf(figure: Figure, form: Form, scene: Scene): Promise<string> {
  const theme = printedTheme(document.body);
  const chart = await drawingOf(figure, form, { width: INNER, lang: scene.lang, theme });
  const text = new Text(theme);
  text.write(figure.title, 26, { bold: true });
  text.write(figure.scope, 16);
  text.space(16);
  const top = text.y;
  text.space(chart.height + 8);
  for (const part of [figure.counted, ...figure.notes, chartWordsOf(scene.lang).bias])
    text.write(part, 14);
  text.space(8);
  for (const part of sourceLines(scene)) text.write(part, 13);
  const total = Math.ceil(text.y + MARGIN - 8);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${total}" `,
    `viewBox="0 0 ${WIDTH} ${total}" lang="${langTag(scene.lang)}" role="img">`,
    `<title>${escaped(figure.title)}</title>`,
    `<rect width="${WIDTH}" height="${total}" fill="${theme.paper}"/>`,
    text.lines.join(""),
    `<g transform="translate(${MARGIN} ${top})">${chart.svg}</g></svg>`,
  ].join("");
}

export async function pngOf(svg: string): Promise<Blob> {
  const source = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))));
    });
  } finally {
    URL.revokeObjectURL(source);
  }
}

function sourceLines({ state, lang, words }: Scene): string[] {
  const say = chartWordsOf(lang);
  const source = say.source(words.shell.name, formatDay(state.config.today, lang));
  return [
    ...(state.config.demo ? [words.shell.demo] : []),
    source,
    decodeURI(absolute(address(state.page))),
  ];
}

/** Lines of text from the top down. */
class Text {
  readonly lines: string[] = [];
  y = MARGIN - 8;
  readonly #theme: Theme;

  constructor(theme: Theme) {
    this.#theme = theme;
  }

  space(pixels: number): void {
    this.y += pixels;
  }

  write(text: string, size: number, { bold = false } = {}): void {
    const { font, ink, ink2 } = this.#theme;
    const weight = bold ? "700" : "400";
    const measure = measureIn(`${weight} ${size}px ${font}`);
    for (const line of linesOf(tidy(text), INNER, measure)) {
      this.y += Math.round(size * 1.5);
      const place = `x="${MARGIN}" y="${this.y}" font-size="${size}" font-weight="${weight}"`;
      const look = `font-family="${escaped(font)}" fill="${bold ? ink : ink2}"`;
      this.lines.push(`<text ${place} ${look}>${escaped(line)}</text>`);
    }
  }
}

/** Text as XML holds it; characters that XML forbids are left out. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}
