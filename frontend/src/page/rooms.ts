/** What is loaded only when it is needed: the graphs, the map, the traditional script. */
import { nothing, type TemplateResult } from "lit-html";
import type { Scene } from "../views/scene.ts";
import { MapRoom } from "./map_room.ts";

type Charts = typeof import("../views/charts/index.ts");

export class Rooms {
  readonly #draw: () => void;
  readonly #map: MapRoom;
  #charts: Charts | null = null;
  #loadingCharts = false;

  constructor(draw: () => void) {
    this.#draw = draw;
    this.#map = new MapRoom(draw);
  }

  /** The graphs, or null while they are on their way. */
  graphs(scene: Scene): TemplateResult | typeof nothing | null {
    if (scene.state.page.view !== "graphs") return nothing;
    if (this.#charts === null) {
      void this.#loadCharts();
      return null;
    }
    scene.act.loadStats(this.#charts.dimensions(scene.state));
    const { data, status } = scene.state.stats;
    return data === null && status !== "failed" ? null : this.#charts.graphs(scene);
  }

  map(scene: Scene): TemplateResult {
    return this.#map.panel(scene);
  }

  /** After each drawing. */
  drawn(root: HTMLElement, scene: Scene): void {
    this.#map.drawn(root, scene);
    this.#charts?.drawn(root, scene);
    if (scene.state.page.lang === "zh-Hant") void this.#convert(document.body);
  }

  async #convert(root: HTMLElement): Promise<void> {
    const { convertPage } = await import("../i18n/traditional.ts");
    await convertPage(root);
  }

  async #loadCharts(): Promise<void> {
    if (this.#loadingCharts) return;
    this.#loadingCharts = true;
    this.#charts = await import("../views/charts/index.ts");
    this.#draw();
  }
}
