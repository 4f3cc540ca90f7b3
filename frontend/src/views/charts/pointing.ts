/** The pointer on a chart: what it is on is named below and marked, a click sets that filter. */
import { chartWordsOf } from "../../i18n/charts.ts";
import type { Scene } from "../scene.ts";
import type { Figure } from "./figures.ts";
import { bandOf, type Hits, rowAt } from "./hits.ts";
import type { Form } from "./options.ts";
import type { Row } from "./rows.ts";
import { slicesOf } from "./slices.ts";

export type Point = Pick<Row, "label" | "count" | "share" | "changes">;

/** What a chart shows at the moment. */
export interface Shown {
  readonly plot: HTMLElement;
  readonly figure: Figure;
  readonly form: Form;
  readonly scene: Scene;
  /** Null until it is drawn. */
  readonly hits: Hits | null;
  /** Hears what the pointer is on. */
  say(point: Point | null): void;
}

export function pointed(shown: Shown): void {
  const { plot } = shown;
  const mark = plot.ownerDocument.createElement("span");
  mark.className = "pointed";
  let under: number | null = null;
  const move = (index: number | null) => {
    if (index === under) return;
    under = index;
    const point = pointAt(shown, index);
    plot.classList.toggle("offers", Boolean(point?.changes));
    place(mark, shown, index);
    shown.say(point);
  };
  plot.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch") move(indexAt(shown, event));
  });
  plot.addEventListener("pointerleave", () => move(null));
  plot.addEventListener("click", (event) => {
    const changes = pointAt(shown, indexAt(shown, event))?.changes;
    if (!changes) return;
    move(null);
    shown.scene.act.setFilters(changes);
  });
}

function indexAt({ plot, hits }: Shown, { clientX, clientY }: MouseEvent): number | null {
  const { left, top } = plot.getBoundingClientRect();
  return hits && rowAt(hits, clientX - left, clientY - top);
}

function pointAt({ figure, form, scene }: Shown, index: number | null): Point | null {
  if (index === null) return null;
  if (form !== "pie") return figure.drawn[index] ?? null;
  return slicesOf(figure, chartWordsOf(scene.lang), scene.lang)[index] ?? null;
}

function place(mark: HTMLElement, { plot, hits }: Shown, index: number | null): void {
  const band = hits && index !== null ? bandOf(hits, index) : null;
  if (band === null) {
    mark.remove();
    return;
  }
  for (const side of ["left", "top", "width", "height"] as const) {
    mark.style[side] = `${band[side]}px`;
  }
  plot.append(mark);
}
