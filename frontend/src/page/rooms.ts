/** What is loaded only when it is needed: the graphs, the map, dialogs, the traditional script. */
import { nothing, type TemplateResult } from "lit-html";
import { convertPage } from "../i18n/traditional.ts";
import type { Scene } from "../views/scene.ts";
import { MapRoom } from "./map_room.ts";

type Charts = typeof import("../views/charts/index.ts");
type Dialogs = typeof import("../views/dialogs.ts");

export class Rooms {
  readonly #draw: () => void;
  readonly #map: MapRoom;
  #charts: Charts | null = null;
  #loadingCharts = false;
  #dialogs: Dialogs | null = null;
  #loadingDialogs = false;
  #scene: Scene | null = null;

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

  map(scene: Scene): TemplateResult | typeof nothing {
    return this.#map.panel(scene);
  }

  /** The dialogs, from the first that is opened on. */
  dialogs(scene: Scene): TemplateResult | typeof nothing {
    if (this.#dialogs !== null) return this.#dialogs.dialogs(scene);
    if (scene.state.dialog !== null) void this.prepare();
    return nothing;
  }

  /** After each drawing. */
  drawn(root: HTMLElement, scene: Scene): void {
    this.#scene = scene;
    this.#map.drawn(root, scene);
    this.#charts?.drawn(root, scene);
    if (scene.state.page.lang === "zh-Hant") void convertPage(document.body);
  }

  /** Dialogs are to open at once; also to be called when there is nothing else to do. */
  async prepare(): Promise<void> {
    if (this.#loadingDialogs) return;
    this.#loadingDialogs = true;
    this.#dialogs = await import("../views/dialogs.ts");
    this.#draw();
    await this.#prepareAlerts();
  }

  /** From then on opening the form asks nobody; until then, and without keys, its link is a link. */
  async #prepareAlerts(): Promise<void> {
    const scene = this.#scene;
    const terms = scene?.state.config.alerts;
    if (!scene || !terms) return;
    const { openAlertsHere } = await import("../views/alert/index.ts");
    openAlertsHere(document, {
      lang: scene.lang,
      shared: scene.words,
      terms,
      drawn: (made) => {
        if (scene.state.page.lang === "zh-Hant") void convertPage(made);
      },
    });
  }

  async #loadCharts(): Promise<void> {
    if (this.#loadingCharts) return;
    this.#loadingCharts = true;
    this.#charts = await import("../views/charts/index.ts");
    this.#charts.prepare();
    this.#draw();
  }
}
