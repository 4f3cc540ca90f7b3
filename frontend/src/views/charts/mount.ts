/** Puts charts into the figures that the template made, and takes them out with these. */
import type { Scene } from "../scene.ts";
import { dismiss } from "./drawing.ts";
import { figuresOf } from "./figures.ts";
import { Place } from "./place.ts";

const places = new Map<Element, Place>();
/** How far below the screen a chart is drawn ahead. */
const AHEAD = "200px";
let watching: { near: IntersectionObserver; size: ResizeObserver } | null = null;
let latest: { root: ParentNode; scene: Scene } | null = null;

/** To be called after each rendering. What it needs is measured with the next frame, unseen. */
export function drawn(root: ParentNode, scene: Scene): void {
  if (latest === null) requestAnimationFrame(settle);
  latest = { root, scene };
}

function settle(): void {
  if (latest === null) return;
  const { root, scene } = latest;
  latest = null;
  watching ??= watch();
  for (const [plot, place] of places) if (!plot.isConnected) leave(place);
  const figures = new Map<string, ReturnType<typeof figuresOf>[number]>(
    figuresOf(scene).map((figure) => [figure.name, figure]),
  );
  // All are measured before one is given its height: in turns, each would be laid out anew.
  const found = Array.from(root.querySelectorAll<HTMLElement>("figure.chart"), (element) => {
    const plot = element.querySelector<HTMLElement>(".plot");
    return { element, plot, width: plot?.clientWidth ?? 0 };
  });
  for (const { element, plot, width } of found) {
    const figure = figures.get(element.dataset.chart ?? "");
    if (!figure || !plot) continue;
    const held = places.get(plot);
    if (held) held.show(figure, scene);
    else {
      places.set(plot, new Place({ element, plot, width }, figure, scene));
      watching.near.observe(plot);
      watching.size.observe(plot);
    }
  }
}

function watch(): { near: IntersectionObserver; size: ResizeObserver } {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const place of places.values()) place.renew();
  });
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const place = places.get(target);
        if (!place) continue;
        place.near = isIntersecting;
        place.approach();
      }
    },
    { rootMargin: AHEAD },
  );
  const size = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const place = places.get(target);
      if (!place) continue;
      if (target.isConnected) place.measure();
      else leave(place);
    }
  });
  return { near, size };
}

function leave(place: Place): void {
  watching?.near.unobserve(place.plot);
  watching?.size.unobserve(place.plot);
  places.delete(place.plot);
  place.leave();
  if (places.size === 0) dismiss();
}
