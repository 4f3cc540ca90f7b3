/** A running map: keeps the library, the options and what is drawn in step. */
import { type ErrorEvent, Map as Library, type MapMouseEvent } from "maplibre-gl";
import { fetchGround, type Ground } from "./basemap.ts";
import * as camera from "./camera.ts";
import type { LngLat, MapHandle, MapOptions, Position, Target } from "./contract.ts";
import { Counted, countsAddress } from "./counted.ts";
import { Drawing } from "./drawing.ts";
import { showsAt } from "./numbers.ts";
import { readPalette } from "./palette.ts";
import { figureAt, pick } from "./picking.ts";
import { type Look, layers, sources } from "./style.ts";

/** Between two drawings of the discs while the map is zoomed, in milliseconds. */
const PACE = 80;
/** For so long a lost graphics context may come back. */
const PATIENCE = 4000;

export class LiveMap implements MapHandle {
  readonly #container: HTMLElement;
  readonly #map: Library;
  readonly #counted: Counted;
  readonly #watcher: ResizeObserver;
  #options: MapOptions;
  #drawing: Drawing | null = null;
  #ground: Ground | null = null;
  /** Where to open, asked for before the basemap has come. */
  #pending: Target | null = null;
  #moved = false;
  #ready = false;
  #lost: ReturnType<typeof setTimeout> | undefined;
  #drawn = 0;

  constructor(container: HTMLElement, options: MapOptions) {
    this.#container = container;
    this.#options = options;
    const ground = fetchGround();
    this.#map = new Library({
      container,
      style: { version: 8, sources: {}, layers: [] },
      ...camera.ZOOMS,
      maxBounds: camera.LIMITS,
      maxPitch: 0,
      renderWorldCopies: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      // Its own control writes markup as text, which the page's policy forbids.
      attributionControl: false,
      // A container that was hidden is told apart from a reader's movement below.
      trackResize: false,
      // The numbers do not change by themselves: nobody asks again each minute.
      refreshExpiredTiles: false,
      fadeDuration: 100,
      locale: { "Map.Title": options.label },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#counted = new Counted(this.#map);
    this.#watcher = new ResizeObserver(() => this.resize());
    this.#watcher.observe(container);
    this.#open();
    this.#listen();
    Promise.all([ground, this.#map.once("load")]).then(
      ([made]) => this.#begin(made),
      () => this.#options.on.failed("graphics"),
    );
  }

  update(changes: Partial<Omit<MapOptions, "on" | "at">>): void {
    const before = this.#options;
    const names = Object.keys(changes) as (keyof typeof changes)[];
    if (names.every((name) => changes[name] === before[name])) return;
    this.#options = { ...before, ...changes };
    const { query, label } = this.#options;
    if (label !== before.label) this.#map.getCanvas().setAttribute("aria-label", label);
    if (this.#drawing === null || this.#lost !== undefined) return;
    this.#drawing.look(this.#look(), this.#options);
    if (query !== before.query) {
      this.#drawing.forget();
      this.#counted.ask(countsAddress(query, location.origin), this.#look());
    }
    this.#draw("loading");
    // What has changed without anything new to draw is told once the map is idle again.
    this.#map.triggerRepaint();
  }

  fly(to: Target | Position | null): boolean {
    this.#moved = to !== null;
    if (to === null) camera.showCountry(this.#map);
    else if ("zoom" in to) camera.showPosition(this.#map, to);
    else if (this.#ground === null) this.#pending = to;
    else return camera.flyTo(this.#map, this.#ground, to, false);
    return true;
  }

  zoom(by: 1 | -1): void {
    if (by > 0) this.#map.zoomIn();
    else this.#map.zoomOut();
  }

  highlight(at: LngLat | null): void {
    this.#drawing?.highlight(at);
  }

  retry(): void {
    if (this.#drawing === null || this.#lost !== undefined) return;
    this.#counted.ask(countsAddress(this.#options.query, location.origin), this.#look());
  }

  resize(): void {
    if (this.#container.clientWidth === 0) return;
    this.#map.resize(camera.SILENT);
    if (!this.#moved && this.#options.at === null) camera.showCountry(this.#map);
  }

  destroy(): void {
    clearTimeout(this.#lost);
    this.#watcher.disconnect();
    this.#map.remove();
  }

  #open(): void {
    const { at } = this.#options;
    if (at === null) camera.showCountry(this.#map);
    else camera.showPosition(this.#map, at);
  }

  #look(): Look {
    const { lang, choropleth, boundaries, dark } = this.#options;
    return { palette: readPalette(this.#container, dark), lang, choropleth, boundaries };
  }

  #begin(ground: Ground): void {
    const { query, boundaries } = this.#options;
    const { origin } = location;
    const tiles = `${origin}/api/v1/places/tiles/{z}/{x}/{y}.mvt`;
    const areas = boundaries.length > 0 ? tiles : null;
    this.#ground = ground;
    this.#drawing = new Drawing(this.#map, ground);
    if (this.#pending) camera.flyTo(this.#map, ground, this.#pending, true);
    for (const [id, source] of Object.entries(
      sources(ground, countsAddress(query, origin), areas),
    )) {
      this.#map.addSource(id, source);
    }
    for (const layer of layers(this.#look())) this.#map.addLayer(layer);
    this.#drawing.look(this.#look(), this.#options);
  }

  #listen(): void {
    const map = this.#map;
    map.on("idle", () => this.#draw("settled"));
    map.on("sourcedata", ({ sourceId }) => {
      if (sourceId === showsAt(map.getZoom())) this.#draw("loading");
    });
    map.on("zoom", () => {
      if (performance.now() - this.#drawn > PACE) this.#draw("zooming");
    });
    map.on("moveend", (event) => {
      this.#draw("loading");
      // Coming back from lost graphics the library sizes itself anew, which nobody asked for.
      if ("silent" in event || this.#lost !== undefined) return;
      this.#moved = true;
      this.#options.on.moved(camera.position(map));
    });
    map.on("click", (event) => this.#click(event));
    map.on("mousemove", ({ point }) => {
      const over = this.#drawing !== null && figureAt(map, point, false) !== undefined;
      map.getCanvas().classList.toggle("over-figure", over);
    });
    map.on("error", (event: ErrorEvent & { sourceId?: string }) => {
      if (this.#counted.noteFailure(event.sourceId)) this.#options.on.failed("numbers");
    });
    map.on("webglcontextlost", () => {
      this.#lost = setTimeout(() => this.#options.on.failed("graphics"), PATIENCE);
    });
    map.on("webglcontextrestored", () => {
      clearTimeout(this.#lost);
      this.#lost = undefined;
      this.#drawing?.renew();
      this.#draw("loading");
    });
  }

  /** Draws what has come, and tells what can be summed once nothing more is on its way. */
  #draw(when: "zooming" | "loading" | "settled"): void {
    const shows = showsAt(this.#map.getZoom());
    if (this.#drawing === null || this.#lost !== undefined || this.#counted.failed(shows)) return;
    this.#drawn = performance.now();
    const shown = this.#drawing.draw(shows, when);
    if (shown !== null) this.#options.on.shown(shown);
    if (when !== "settled" || this.#ready || !this.#drawing.complete) return;
    this.#ready = true;
    this.#options.on.ready();
  }

  #click({ point, originalEvent }: MapMouseEvent): void {
    if (this.#drawing === null || this.#lost !== undefined) return;
    const touch = (originalEvent as PointerEvent).pointerType === "touch";
    const shows = showsAt(this.#map.getZoom());
    const counts = this.#options.counts ?? null;
    const picked = pick(this.#map, point, touch, shows, this.#drawing.marks, counts);
    if (picked?.kind === "place") this.#options.on.place(picked.place);
    if (picked?.kind === "points") this.#options.on.points(picked.points);
  }
}
