/**
 * The map. Loaded on demand (`await import("./map/index.ts")`), after `supported()` of
 * supported.ts has said that the browser can draw it.
 *
 *   const map = createMap(container, options);   // contract.ts says what goes in and comes out
 *   map.update({ query, lang, dark, choropleth, counts, label });   // only what has changed
 *   map.destroy();
 *
 * - `container` belongs to the map: an empty element with a size, which no template renders into.
 *   It may be hidden at first (a phone's other pane); the map notices when it is shown.
 * - `query` is the list's filters. What `on.shown` sums is what the API's tiles say under them;
 *   with `whole` it is the list's total less the cases that are not placed. A `bbox` among the
 *   filters is drawn as a frame: tiles are not cut by it, so nothing sums then.
 * - `on.moved` wants the address replaced; it is not called for the opening view, for `fly(null)`
 *   and for `fly(position)`, which come from the page.
 * - `on.place` and `on.points` hand over what was chosen; showing it is the page's.
 * - createMap never throws. Where the graphics fail, `on.failed("graphics")` comes, at once or
 *   later; then destroy the map and show the list of places instead.
 * - Its worker must be loaded from our own /assets/ (the `default` Trusted Types policy admits it).
 */
import { setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { MapHandle, MapOptions } from "./contract.ts";
import { LiveMap } from "./live.ts";

export type * from "./contract.ts";

const DEAD: MapHandle = {
  update() {},
  fly: () => false,
  zoom() {},
  highlight() {},
  retry() {},
  resize() {},
  destroy() {},
};

export function createMap(container: HTMLElement, options: MapOptions): MapHandle {
  setWorkerUrl(new URL(workerUrl, location.href).href);
  try {
    return new LiveMap(container, options);
  } catch {
    queueMicrotask(() => options.on.failed("graphics"));
    return DEAD;
  }
}
