/** The map in its panel: loaded when it comes into sight, told what the state says, heard when used. */
import { nothing, type TemplateResult } from "lit-html";
import { traditional } from "../i18n/traditional.ts";
import type {
  ChosenPlace,
  ChosenPoints,
  MapEvents,
  MapHandle,
  MapOptions,
  Position,
  Shown,
} from "../map/contract.ts";
import { countsByPlace } from "../map/counts.ts";
import { supported } from "../map/supported.ts";
import { filterQuery } from "../state/filters.ts";
import { idle } from "../state/idle.ts";
import type { Page } from "../state/url.ts";
import { mapPanel } from "../views/map.ts";
import type { Scene } from "../views/scene.ts";
import { panelOf } from "./map_panel.ts";

/** From this width on the map stands beside the list; layout.css has the same. */
const WIDE = matchMedia("(min-width: 900px)");
const DARK = matchMedia("(prefers-color-scheme: dark)");

function inSight({ view, show }: Page): boolean {
  return view === "list" && (WIDE.matches || show === "map");
}

export class MapRoom {
  readonly #draw: () => void;
  #scene: Scene | null = null;
  #handle: MapHandle | null = null;
  #status: "loading" | "ready" | "unsupported" | "broken" = "loading";
  #wanted = false;
  #mounting = false;
  #shown: Shown | null = null;
  #incomplete = false;
  /** Where the map is, as far as the address knows. */
  #at: Position | null = null;
  #region = "";
  #counts: ReadonlyMap<string, number> | null = null;
  /** What the counts were made from: they stay the same object while it does. */
  #countedFrom: unknown = null;

  constructor(draw: () => void) {
    this.#draw = draw;
    WIDE.addEventListener("change", draw);
    DARK.addEventListener("change", draw);
  }

  /** The panel, from the first time on that it is in sight. */
  panel(scene: Scene): TemplateResult | typeof nothing {
    const { words, act } = scene;
    this.#wanted ||= inSight(scene.state.page);
    if (!this.#wanted) return nothing;
    const held = { status: this.#status, shown: this.#shown, incomplete: this.#incomplete };
    return mapPanel(
      panelOf(scene, held, {
        zoom: (by) => this.#handle?.zoom(by),
        home: () => this.#home(),
        setChoropleth: (on) => act.setChoropleth(on),
        choose: (code) => this.#chooseListed(code),
        nearer: () => this.#nearer(),
        close: () => act.choose(null),
        retry: () => this.#retry(),
      }),
      words.map,
    );
  }

  /** After each drawing: mounts the map once it is in sight, then tells it what has changed. */
  drawn(root: HTMLElement, scene: Scene): void {
    const { page } = scene.state;
    const first = this.#scene === null;
    this.#scene = scene;
    if (first) this.#followPointer(root);
    if (!inSight(page)) return;
    if (this.#handle === null) {
      const container = root.querySelector<HTMLElement>("[data-map]");
      if (container && this.#status === "loading") void this.#mount(container);
      return;
    }
    this.#handle.update(this.#told(scene));
    this.#travel(scene);
  }

  async #mount(container: HTMLElement): Promise<void> {
    if (this.#mounting) return;
    this.#mounting = true;
    if (!supported()) return this.#become("unsupported");
    const script = this.#scene?.state.page.lang;
    try {
      // The list comes first: the map's files are asked for when nothing else is being done.
      await idle();
      const { createMap } = await import("../map/index.ts");
      const convert = script === "zh-Hant" ? await traditional() : (text: string) => text;
      const scene = this.#scene;
      if (scene === null) return;
      const { page, config } = scene.state;
      this.#at = page.at;
      this.#region = page.filters.region ?? "";
      this.#handle = createMap(container, {
        ...this.#told(scene),
        at: page.at,
        boundaries: config.boundaries,
        convert,
        name: (code) => this.#nameOf(code),
        on: this.#events(),
      });
      if (page.at === null && this.#region !== "") this.#handle.fly({ code: this.#region });
    } catch {
      this.#become("broken");
    }
  }

  #told({
    state,
    lang,
    words,
  }: Scene): Pick<MapOptions, "lang" | "query" | "dark" | "choropleth" | "counts" | "label"> {
    return {
      lang: state.page.lang === "zh-Hant" ? "zh-Hant" : lang,
      query: filterQuery(state.page.filters),
      dark: DARK.matches,
      choropleth: state.choropleth,
      counts: this.#countsOf(state),
      label: words.map.canvas,
    };
  }

  #countsOf({ options, page }: Scene["state"]): ReadonlyMap<string, number> | null {
    if (options.status === "ready" && options.data !== this.#countedFrom) {
      this.#countedFrom = options.data;
      const region = options.data?.filters.find(({ name }) => name === "region")?.options;
      this.#counts = region ? countsByPlace(region, page.filters.region) : null;
    }
    return this.#counts;
  }

  #events(): MapEvents {
    const act = () => this.#scene?.act;
    return {
      ready: () => this.#become("ready"),
      moved: (at) => {
        this.#at = at;
        act()?.moved(at);
      },
      place: (chosen) => this.#choose(chosen),
      points: (chosen) => this.#open(chosen),
      shown: (shown) => {
        this.#shown = shown;
        this.#incomplete = false;
        this.#draw();
      },
      failed: (what) => {
        if (what === "graphics") return this.#become("broken");
        this.#incomplete = true;
        this.#draw();
      },
    };
  }

  #become(status: "ready" | "unsupported" | "broken"): void {
    if (status === "broken") this.#handle?.destroy();
    if (status !== "ready") this.#handle = null;
    this.#status = status;
    this.#draw();
  }

  #choose({ code, level, count, coarse, at, bbox }: ChosenPlace): void {
    this.#scene?.act.choose({
      code,
      level,
      count,
      at,
      bbox,
      kind: coarse ? "coarse" : "place",
    });
  }

  #chooseListed(code: string): void {
    const listed = this.#shown?.places.find((place) => place.code === code);
    if (listed) this.#choose({ ...listed, bbox: null });
  }

  #open({ place, count, id, at, bbox }: ChosenPoints): void {
    const scene = this.#scene;
    if (!scene) return;
    if (id !== null) scene.act.openCase(id);
    else scene.act.choose({ code: place, level: "county", count, at, bbox, kind: "spot" });
  }

  #nearer(): void {
    const chosen = this.#scene?.state.chosen;
    if (!chosen) return;
    const { code, level, at } = chosen;
    this.#handle?.fly({ code, level, at });
  }

  #home(): void {
    this.#at = null;
    this.#handle?.fly(null);
    this.#scene?.act.moved(null);
  }

  #retry(): void {
    this.#incomplete = false;
    this.#handle?.retry();
    this.#draw();
  }

  /** Goes where the address or a newly chosen region says. */
  #travel({ state }: Scene): void {
    const { at, filters } = state.page;
    const region = filters.region ?? "";
    if (at !== this.#at) {
      this.#at = at;
      this.#region = region;
      this.#handle?.fly(at);
    } else if (region !== this.#region) {
      this.#region = region;
      this.#handle?.fly(region === "" || region.includes(",") ? null : { code: region });
    }
  }

  #nameOf(code: string): string | undefined {
    const { state, lang } = this.#scene ?? {};
    const places = state?.options.data?.filters.find((filter) => filter.name === "region")?.options;
    return places?.find((place) => place.code === code)?.[lang ?? "zh"];
  }

  /** The case that is pointed at in the list is ringed on the map. */
  #followPointer(root: HTMLElement): void {
    const point = (event: Event) => {
      const row =
        event.target instanceof Element ? event.target.closest("article[data-case]") : null;
      const id = row instanceof HTMLElement ? row.dataset.case : undefined;
      const items = this.#scene?.state.list.data?.items;
      const place = items?.find((item) => item.id === id)?.point;
      const [lon, lat] = place ?? [];
      this.#handle?.highlight(lon === undefined || lat === undefined ? null : [lon, lat]);
    };
    root.addEventListener("pointerover", point);
    root.addEventListener("focusin", point);
  }
}
