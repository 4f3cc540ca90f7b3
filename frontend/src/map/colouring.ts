/** Colours areas by their counts: hands each area the class that it belongs to. */
import type { Map as Library } from "maplibre-gl";
import type { Names } from "./basemap.ts";
import { classesFor, classOf } from "./classes.ts";
import type { ClassBounds, Level } from "./contract.ts";
import type { Shows } from "./numbers.ts";

export class Colouring {
  readonly #map: Library;
  readonly #names: Names;
  readonly #boundaries: readonly Level[];
  /** What areas were last told: to tell them again would have the map drawn for nothing. */
  readonly #told = new Map<string, ReadonlyMap<string, number>>();

  constructor(map: Library, names: Names, boundaries: readonly Level[]) {
    this.#map = map;
    this.#names = names;
    this.#boundaries = boundaries;
  }

  /** Which areas have a colour while the map shows this. */
  level(shows: Shows): "province" | "prefecture" {
    const finer = shows !== "province" && this.#boundaries.includes("prefecture");
    return finer ? "prefecture" : "province";
  }

  /** Colours the areas of a level; answers their classes. */
  colour(level: "province" | "prefecture", counts: ReadonlyMap<string, number>): ClassBounds[] {
    const areas = level === "prefecture" ? this.#names.units : this.#names.provinces;
    const counted = areas.map(([code]) => [code, counts.get(code) ?? 0] as const);
    const classes = classesFor(Math.max(0, ...counted.map(([, count]) => count)));
    if (this.#told.get(level) === counts) return classes;
    this.#told.set(level, counts);
    const target = this.#target(level);
    for (const [id, count] of counted) {
      this.#map.setFeatureState({ ...target, id }, { class: classOf(count, classes) });
    }
    return classes;
  }

  #target(level: "province" | "prefecture"): { source: string; sourceLayer?: string } {
    if (!this.#boundaries.includes(level)) return { source: "provinces" };
    return {
      source: "boundaries",
      sourceLayer: level === "province" ? "provinces" : "prefectures",
    };
  }
}
