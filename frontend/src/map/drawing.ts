/** What is drawn on the ground: numbers, names, colours; and what of it can be summed in the view. */
import type { Feature } from "geojson";
import type { GeoJSONSource, Map as Library } from "maplibre-gl";
import type { Ground } from "./basemap.ts";
import { Colouring } from "./colouring.ts";
import type { LngLat, MapOptions, Shown } from "./contract.ts";
import { DISC_RADIUS, DOT_RADIUS, discImage, discsOf, type Projection } from "./discs.ts";
import { labelsOf, type Naming, nameOf } from "./labels.ts";
import {
  type Box,
  byPlace,
  COUNTRY,
  contains,
  inside,
  type Mark,
  type Shows,
  sumOf,
} from "./numbers.ts";
import { readMarks, viewBox } from "./reading.ts";
import { type Look, layers } from "./style.ts";

/** No longer list of places than somebody would read. */
const LISTED = 400;
/** How far around the view discs are drawn, in shares of it. */
const MARGIN = 0.15;

export class Drawing {
  readonly #map: Library;
  readonly #ground: Ground;
  readonly #drawn: ReadonlySet<string>;
  /** The text of what each source holds, so that nothing is handed over twice. */
  readonly #held = new Map<string, string>();
  #colouring: Colouring | null = null;
  #look: Look | null = null;
  #naming: Naming | null = null;
  #counts: ReadonlyMap<string, number> | null = null;
  #marks: readonly Mark[] = [];
  #shows: Shows | null = null;
  #told = "";

  constructor(map: Library, ground: Ground) {
    this.#map = map;
    this.#ground = ground;
    this.#drawn = new Set(ground.provinces.features.map(({ properties }) => properties.code));
    map.addImage("disc", discImage(DISC_RADIUS), { sdf: true });
    map.addImage("dot", discImage(DOT_RADIUS), { sdf: true });
  }

  /** The marks of the last complete drawing. */
  get marks(): readonly Mark[] {
    return this.#marks;
  }

  /** Whether numbers have been drawn at all. */
  get complete(): boolean {
    return this.#shows !== null;
  }

  /** Takes over language, colours and what depends on them. */
  look(look: Look, { lang, name, convert, query, counts }: MapOptions): void {
    this.#counts = counts ?? null;
    this.#naming = { names: this.#ground.names, lang, name, convert };
    this.#put("box", frame(new URLSearchParams(query).get("bbox")));
    this.#colouring ??= new Colouring(this.#map, this.#ground.names, look.boundaries);
    if (JSON.stringify(look) === JSON.stringify(this.#look)) return;
    this.#look = look;
    for (const layer of layers(look)) {
      if (!this.#map.getLayer(layer.id)) continue;
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        this.#map.setPaintProperty(layer.id, name as never, value as never);
      }
      for (const [name, value] of Object.entries(layer.layout ?? {})) {
        this.#map.setLayoutProperty(layer.id, name as never, value as never);
      }
      this.#map.setLayerZoomRange(layer.id, layer.minzoom ?? 0, layer.maxzoom ?? 24);
    }
  }

  /**
   * Other filters: what is drawn stays until the new numbers are there, what was summed does not.
   * Points go at once with their source, and so does what is drawn beside them.
   */
  forget(): void {
    this.#told = "";
    if (this.#shows === "case") this.#marks = [];
  }

  /** After the graphics were lost and came back: everything is handed over again. */
  renew(): void {
    this.#held.clear();
    const { boundaries } = this.#look ?? { boundaries: [] };
    this.#colouring = new Colouring(this.#map, this.#ground.names, boundaries);
  }

  highlight(at: LngLat | null): void {
    this.#put("highlight", at === null ? [] : [point(at)]);
  }

  /**
   * Draws the numbers of this level, if all are there; answers what changed in what is shown.
   * `zooming`: with the numbers at hand; `settled`: nothing more is on its way.
   */
  draw(shows: Shows, when: "zooming" | "loading" | "settled"): Shown | null {
    if (this.#naming === null) return null;
    const again = when === "zooming" && shows === this.#shows;
    const read = again ? this.#marks : readMarks(this.#map, shows);
    if (read === null && shows !== this.#shows) {
      this.#clearOld(shows);
      return null;
    }
    if (read !== null) {
      this.#marks = read;
      this.#shows = shows;
    }
    const view = viewBox(this.#map);
    const near = this.#marks.filter(({ at }) => inside(at, widened(view)));
    const { discs, leaders } = discsOf(near, shows, this.#naming, this.#projection());
    this.#put("discs", discs);
    this.#put("leaders", leaders);
    this.#put("names", labelsOf(shows, discs, near, this.#naming, this.#drawn));
    const colours = this.#colour(shows);
    if (when !== "settled" || read === null) return null;
    return this.#changed({ ...this.#shown(shows, view), ...colours });
  }

  /** Old numbers stay until the new ones come, but not beside points, which come by themselves. */
  #clearOld(shows: Shows): void {
    if (shows !== "case") return;
    this.#put("discs", []);
    this.#put("leaders", []);
  }

  #colour(shows: Shows): Pick<Shown, "classes" | "coloured"> {
    const coloured = this.#colouring?.level(shows) ?? "province";
    if (this.#look?.choropleth !== true || this.#counts === null) return { classes: [], coloured };
    return { classes: this.#colouring?.colour(coloured, this.#counts) ?? [], coloured };
  }

  #shown(shows: Shows, view: Box): Omit<Shown, "classes" | "coloured"> {
    const whole = contains(view, COUNTRY);
    const marks = whole ? this.#marks : this.#marks.filter(({ at }) => inside(at, view));
    const naming = this.#naming as Naming;
    const places = byPlace(marks)
      .slice(0, LISTED)
      .map((mark) => {
        const { place: code, level, count, at } = mark;
        const coarse = naming.names.coarse(mark, shows);
        return { code, level, name: nameOf(code, naming), count, coarse, at };
      });
    return { level: shows, sum: sumOf(marks), whole, places };
  }

  #changed(shown: Shown): Shown | null {
    const text = JSON.stringify(shown);
    if (text === this.#told) return null;
    this.#told = text;
    return shown;
  }

  #projection(): Projection {
    return {
      width: this.#map.getContainer().clientWidth,
      project: (at) => this.#map.project([...at]),
      unproject: ([x, y]) => {
        const { lng, lat } = this.#map.unproject([x, y]);
        return [lng, lat];
      },
    };
  }

  #put(source: string, features: Feature[]): void {
    const text = JSON.stringify(features);
    if (text === this.#held.get(source)) return;
    this.#held.set(source, text);
    this.#map.getSource<GeoJSONSource>(source)?.setData({ type: "FeatureCollection", features });
  }
}

function widened([west, south, east, north]: Box): Box {
  const [x, y] = [(east - west) * MARGIN, (north - south) * MARGIN];
  return [west - x, south - y, east + x, north + y];
}

function point(at: LngLat): Feature {
  return { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [...at] } };
}

/** The outline of a `bbox` filter. */
function frame(bbox: string | null): Feature[] {
  const [west, south, east, north] = (bbox ?? "").split(",").map(Number);
  if (west === undefined || south === undefined || east === undefined || north === undefined) {
    return [];
  }
  const coordinates = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }];
}
