/** The map's colours, from the page's custom properties; fallbacks where a style sheet has none. */

export interface Palette {
  readonly sea: string;
  readonly land: string;
  readonly line: string;
  readonly label: string;
  readonly surface: string;
  readonly ink: string;
  readonly muted: string;
  readonly accent: string;
  readonly accentInk: string;
  readonly focus: string;
  /** Five classes, fewest cases first. */
  readonly ramp: readonly string[];
}

const LIGHT: Palette = {
  sea: "#dde5e9",
  land: "#f1eee6",
  line: "#b9b2a4",
  label: "#33302b",
  surface: "#ffffff",
  ink: "#1b1a18",
  muted: "#4a4742",
  accent: "#962910",
  accentInk: "#ffffff",
  focus: "#0b57a4",
  ramp: ["#f7ddd2", "#ecb39d", "#d98a70", "#bb5a41", "#8a2a14"],
};
const DARK: Palette = {
  sea: "#101214",
  land: "#26282c",
  line: "#5a5d63",
  label: "#e6e2da",
  surface: "#1e2023",
  ink: "#f2efe9",
  muted: "#c9c5bd",
  accent: "#ffab8f",
  accentInk: "#1b1210",
  focus: "#9cc8ff",
  ramp: ["#4a2d26", "#713e31", "#9c543f", "#ca7758", "#ffab8f"],
};

/** The colours as they stand on `element` now. */
export function readPalette(element: Element, dark: boolean): Palette {
  const style = getComputedStyle(element);
  const fallback = dark ? DARK : LIGHT;
  const read = (name: string, otherwise: string) =>
    style.getPropertyValue(name).trim() || otherwise;
  return {
    sea: read("--map-sea", fallback.sea),
    land: read("--map-land", fallback.land),
    line: read("--map-line", fallback.line),
    label: read("--map-label", fallback.label),
    surface: read("--surface", fallback.surface),
    ink: read("--ink", fallback.ink),
    muted: read("--ink-2", fallback.muted),
    accent: read("--accent", fallback.accent),
    accentInk: read("--accent-ink", fallback.accentInk),
    focus: read("--focus", fallback.focus),
    ramp: fallback.ramp.map((colour, index) => read(`--map-ramp-${index + 1}`, colour)),
  };
}
