/** Colours areas by their counts: gathers what the tiles have told and hands each area its class. */
import type { Map as Library } from "maplibre-gl";
import { classesFor, classOf } from "./classes.ts";
import type { ClassBounds, Level } from "./contract.ts";
import type { Mark, Shows } from "./numbers.ts";

type Coloured = "province" | "prefecture";

export class Colouring {
  readonly #map: Library;
  readonly #boundaries: readonly Level[];
  readonly #counts: Record<Coloured, Map<string, number>> = {
    province: new Map(),
    prefecture: new Map(),
  };
  /** What areas were last told: to tell them again would have the map drawn for nothing. */
  readonly #told = new Map<Coloured, string>();

  constructor(map: Library, boundaries: readonly Level[]) {
    this.#map = map;
    this.#boundaries = boundaries;
  }

  /** Which areas have a colour while the map shows this. */
  level(shows: Shows): Coloured {
    return shows !== "province" && this.#boundaries.includes("prefecture")
      ? "prefecture"
      : "province";
  }

  /** Other filters: nothing of what is known holds any longer. */
  forget(): void {
    this.#counts.province.clear();
    this.#counts.prefecture.clear();
  }

  /** Takes the marks of a zoom in; answers the classes that areas have now. */
  colour(level: Coloured, marks: readonly Mark[]): ClassBounds[] {
    const counts = this.#counts[level];
    for (const { place, count } of marks) counts.set(place, count);
    const classes = classesFor(Math.max(0, ...counts.values()));
    const text = JSON.stringify([...counts]);
    if (text === this.#told.get(level)) return classes;
    this.#told.set(level, text);
    const target = this.#target(level);
    this.#map.removeFeatureState(target);
    for (const [id, count] of counts) {
      this.#map.setFeatureState({ ...target, id }, { class: classOf(count, classes) });
    }
    return classes;
  }

  #target(level: Coloured): { source: string; sourceLayer?: string } {
    if (!this.#boundaries.includes(level)) return { source: "provinces" };
    return {
      source: "boundaries",
      sourceLayer: level === "province" ? "provinces" : "prefectures",
    };
  }
}
