/** What the page and the map say to each other. No map library here: views and state may import it. */

export type Level = "province" | "prefecture" | "county";
export type Language = "zh" | "en" | "zh-Hant";
/** Longitude and latitude in degrees, WGS 84. */
export type LngLat = readonly [number, number];

/** A map position as it stands in the address. */
export interface Position {
  readonly zoom: number;
  readonly lat: number;
  readonly lon: number;
}

export interface MapOptions {
  readonly lang: Language;
  /** The filters in force as a query string of the API; `bbox` in it is drawn, not asked for. */
  readonly query: string;
  /** Null: the whole country. */
  readonly at: Position | null;
  /** Levels whose polygons the deployment has loaded (PageConfig.boundaries). */
  readonly boundaries: readonly Level[];
  readonly dark: boolean;
  readonly choropleth: boolean;
  /**
   * Cases in each place of every level under `query` (countsByPlace of counts.ts): what areas are
   * coloured by, and what a clicked area tells; areas stay plain while it is not known. Told apart
   * by identity: the same counts must be the same object.
   */
  readonly counts?: ReadonlyMap<string, number> | null;
  /** What the canvas is called for those who do not see it. */
  readonly label: string;
  /** A place's name in `lang` where the vocabulary is at hand; asked only for counties. */
  readonly name: (code: string) => string | undefined;
  /** Simplified to traditional script; asked only where `lang` is zh-Hant. */
  readonly convert: (text: string) => string;
  readonly on: MapEvents;
}

export interface MapEvents {
  /** The first picture with numbers is complete. */
  ready(): void;
  /** The reader has moved the map; not called for what the page itself asked for by `fly`. */
  moved(at: Position): void;
  place(chosen: ChosenPlace): void;
  points(chosen: ChosenPoints): void;
  /** What can be counted in the view, whenever that has changed and everything has arrived. */
  shown(shown: Shown): void;
  /** `numbers`: some tile did not come, see `retry`. `graphics`: the map is dead; destroy it. */
  failed(what: "numbers" | "graphics"): void;
}

/** A place that was chosen by its number, its ring or its area. */
export interface ChosenPlace {
  readonly code: string;
  readonly level: Level;
  /** Null where the zoom does not tell: an area without a number of its own. */
  readonly count: number | null;
  /** A ring: the count is of cases known no finer than this place, not of all in it. */
  readonly coarse: boolean;
  readonly at: LngLat;
  /** The box with exactly the cases that a ring counts, where there is one. */
  readonly bbox: string | null;
}

/** One or several cases at one spot. */
export interface ChosenPoints {
  readonly place: string;
  readonly count: number;
  /** The case, where there is just one. */
  readonly id: string | null;
  readonly at: LngLat;
  /** west,south,east,north: exactly the cases that the count counts, under the same filters. */
  readonly bbox: string;
}

/** A place in the view with its number, for the list that says what the map shows. */
export interface PlaceShown {
  readonly code: string;
  readonly level: Level;
  readonly name: string;
  readonly count: number;
  /** As in ChosenPlace. */
  readonly coarse: boolean;
  readonly at: LngLat;
}

export interface Shown {
  /** What the numbers stand for at this zoom. */
  readonly level: "province" | "prefecture" | "case";
  /** The sum of all numbers whose place lies in the view. */
  readonly sum: number;
  /** Whether the whole country lies in the view. */
  readonly whole: boolean;
  /** Most cases first. */
  readonly places: readonly PlaceShown[];
  /** Classes of the coloured areas, lowest first; empty while areas are not coloured. */
  readonly classes: readonly ClassBounds[];
  /** Which areas those are: without finer boundaries provinces, also where prefectures count. */
  readonly coloured: "province" | "prefecture";
}

/** Both inclusive; the last class has no upper bound. */
export interface ClassBounds {
  readonly from: number;
  readonly to: number | null;
}

/** Where the map can be sent. A code that it cannot place needs `at`. */
export type Target =
  | { readonly code: string; readonly level?: Level; readonly at?: LngLat }
  | { readonly bbox: string };

export interface MapHandle {
  update(changes: Partial<Omit<MapOptions, "on" | "at">>): void;
  /** Answers whether the place is known. Asked at once, it is the opening view. */
  fly(to: Target | Position | null): boolean;
  zoom(by: 1 | -1): void;
  /** A ring around the place of a case in the list; null takes it away. */
  highlight(at: LngLat | null): void;
  /** Asks again for numbers that did not come. */
  retry(): void;
  /** After the container was shown, hidden or changed its size. */
  resize(): void;
  destroy(): void;
}
