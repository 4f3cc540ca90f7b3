/** One figure of the page and the chart in it: reserves its height, is drawn in turn, and leaves. */
import { render } from "lit-html";
import { chartWordsOf, formatShare } from "../../i18n/charts.ts";
import { formatNumber } from "../../i18n/format.ts";
import { convertPage, traditional } from "../../i18n/traditional.ts";
import type { Scene } from "../scene.ts";
import { type Drawing, drawingOf } from "./drawing.ts";
import type { Figure } from "./figures.ts";
import type { Hits } from "./hits.ts";
import { type Form, heightOf } from "./options.ts";
import { type Point, pointed } from "./pointing.ts";
import { table } from "./table.ts";
import { themeOf } from "./theme.ts";
import { inTurn, notAnyMore } from "./turns.ts";

export class Place {
  readonly element: HTMLElement;
  readonly plot: HTMLElement;
  figure: Figure;
  scene: Scene;
  form: Form;
  hits: Hits | null = null;
  /** Whether it is on the screen, or soon will be. */
  near = false;
  #width: number;
  #stale = true;
  /** Counts what was ordered, so that an older drawing does not come over a newer one. */
  #order = 0;
  readonly #keys = { chart: Symbol("chart"), table: Symbol("table") };

  /** `width` is that of `plot` in CSS pixels. */
  constructor(
    { element, plot, width }: { element: HTMLElement; plot: HTMLElement; width: number },
    figure: Figure,
    scene: Scene,
  ) {
    this.element = element;
    this.plot = plot;
    this.figure = figure;
    this.scene = scene;
    this.form = formOf(element, figure);
    this.#width = width;
    element.addEventListener("change", () => this.show(this.figure, this.scene));
    pointed(this);
    this.renew();
    this.#fillTable();
  }

  /** Takes what is to be shown now; draws only what has changed. */
  show(figure: Figure, scene: Scene): void {
    const form = formOf(this.element, figure);
    const same = this.figure === figure && this.form === form;
    const moved = this.scene.state.page !== scene.state.page;
    Object.assign(this, { figure, scene, form });
    if (!same) this.renew();
    if (!same || moved) this.#fillTable();
  }

  /** Its width may have changed. */
  measure(): void {
    const width = this.plot.clientWidth;
    if (width === this.#width || width === 0) return;
    this.#width = width;
    this.renew();
  }

  /** Draws anew, at once or when it comes near; its height is right before that. */
  renew(): void {
    this.#stale = true;
    const size = { width: this.#width, lang: this.scene.lang };
    this.plot.style.height = `${heightOf(this.figure, this.form, size)}px`;
    this.say(null);
    this.approach();
  }

  approach(): void {
    if (this.near && this.#stale) inTurn(this.#keys.chart, () => void this.#draw());
  }

  leave(): void {
    notAnyMore(this.#keys.chart);
    notAnyMore(this.#keys.table);
    this.#release();
  }

  /** The line under the chart: what the pointer is on, or what can be done. */
  say(point: Point | null): void {
    const { lang } = this.scene;
    const words = chartWordsOf(lang);
    const offers = this.figure.rows.some((row) => row.changes !== null);
    this.#write(
      point
        ? words.point(point.label, formatNumber(point.count, lang), formatShare(point.share))
        : offers
          ? words.hint
          : "",
    );
  }

  async #draw(): Promise<void> {
    if (this.#width === 0 || !this.plot.isConnected) return;
    const { plot, figure, form, scene } = this;
    const order = ++this.#order;
    this.#stale = false;
    try {
      const frame = { width: this.#width, lang: scene.lang, theme: themeOf(plot) };
      const drawing = await drawingOf(figure, form, frame);
      const image = await imageOf(await this.#reading(drawing));
      if (order !== this.#order) return URL.revokeObjectURL(image.src);
      this.#release();
      plot.replaceChildren(image);
      this.hits = drawing.hits;
    } catch {
      // Coming near again is another try.
      this.#stale = true;
      if (plot.isConnected) this.#write(chartWordsOf(scene.lang).failed);
    }
  }

  #release(): void {
    const image = this.plot.querySelector("img");
    if (image) URL.revokeObjectURL(image.src);
  }

  /** The table is part of the page, but nobody sees it before it is opened. */
  #fillTable(): void {
    const room = this.element.querySelector<HTMLElement>(".twin > div");
    if (room === null) return;
    inTurn(this.#keys.table, async () => {
      render(table(this.scene, this.figure), room);
      if (this.#isTraditional) await convertPage(room);
    });
  }

  #write(text: string): void {
    const readout = this.element.querySelector<HTMLElement>(".readout");
    if (readout === null || readout.textContent === text) return;
    readout.textContent = text;
    if (this.#isTraditional) void convertPage(readout);
  }

  /** What is written after the page was drawn is read in the traditional script too. */
  get #isTraditional(): boolean {
    return this.scene.state.page.lang === "zh-Hant";
  }

  async #reading(drawing: Drawing): Promise<Drawing> {
    if (!this.#isTraditional) return drawing;
    const convert = await traditional();
    return { ...drawing, svg: convert(drawing.svg) };
  }
}

/** How the reader wants the figure drawn; what is saved is drawn the same way. */
export function formOf(element: Element, figure: Figure): Form {
  if (!figure.shares) return figure.form;
  const chosen = element.querySelector<HTMLInputElement>("input[data-form]:checked");
  return chosen?.value === "pie" ? "pie" : figure.form;
}

/** The drawing as an image, which runs nothing and needs no markup put into the page. */
async function imageOf({ svg, width, height }: Drawing): Promise<HTMLImageElement> {
  const image = new Image(width, height);
  image.alt = "";
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  await image.decode();
  return image;
}
