/** The three sources of counts: asks for them under new filters, and again for what did not come. */
import type { LayerSpecification, Map as Library } from "maplibre-gl";
import type { Shows } from "./numbers.ts";
import { COUNTED, type Look, layers } from "./style.ts";

const ALL = Object.keys(COUNTED) as Shows[];
/** They are drawn as a frame, or say only how to answer. */
const NOT_ASKED = ["bbox", "lang"];

/** The address of the tiles of counts under a list's filters. */
export function countsAddress(query: string, origin: string): string {
  const asked = new URLSearchParams(query);
  for (const name of NOT_ASKED) asked.delete(name);
  return `${origin}/api/v1/cases/tiles/{z}/{x}/{y}.mvt?${asked}`;
}

export class Counted {
  readonly #map: Library;
  #failed = new Set<string>();

  constructor(map: Library) {
    this.#map = map;
  }

  /** Notes a failure; answers whether it is the first that concerns these numbers. */
  noteFailure(source: string | undefined): boolean {
    if (source === undefined || !(source in COUNTED) || this.#failed.has(source)) return false;
    this.#failed.add(source);
    return true;
  }

  /** Whether some number of this level is missing for good. */
  failed(shows: Shows): boolean {
    return this.#failed.has(shows);
  }

  /**
   * Asks all sources anew, under the address given. They are put in the place of the old ones: told
   * of another address, a source may keep tiles of the one before, and never says that it is done
   * if the last tile to come is the same as before.
   */
  ask(address: string, look: Look): void {
    const all = layers(look);
    for (const id of ALL) this.#renew(id, address, all);
    this.#failed.clear();
  }

  #renew(id: Shows, address: string, all: readonly LayerSpecification[]): void {
    const map = this.#map;
    const mine = all.filter((layer) => "source" in layer && layer.source === id);
    for (const layer of mine) map.removeLayer(layer.id);
    map.removeSource(id);
    map.addSource(id, { type: "vector", tiles: [address], ...COUNTED[id] });
    for (const layer of mine) {
      const above = all.slice(all.indexOf(layer) + 1).find(({ id: other }) => map.getLayer(other));
      map.addLayer(layer, above?.id);
    }
  }
}
