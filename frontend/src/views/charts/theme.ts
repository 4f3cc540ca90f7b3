/** Colours and type of the charts: those of the page, or those of paper for what is saved. */

export interface Theme {
  readonly paper: string;
  readonly ink: string;
  readonly ink2: string;
  readonly line: string;
  readonly accent: string;
  readonly font: string;
}

const TOKENS = {
  paper: "--surface",
  ink: "--ink",
  ink2: "--ink-2",
  line: "--line",
  accent: "--accent",
} as const;

/** Pictures go into print and onto other grounds: always the light tokens. */
export const PRINTED = {
  paper: "#faf8f4",
  ink: "#1b1a18",
  ink2: "#4a4742",
  line: "#d9d4ca",
  accent: "#962910",
} as const;

/** The page's colours as they are now, light or dark. */
export function themeOf(element: Element): Theme {
  const style = getComputedStyle(element);
  const read = (token: keyof typeof TOKENS) =>
    style.getPropertyValue(TOKENS[token]).trim() || PRINTED[token];
  return {
    paper: read("paper"),
    ink: read("ink"),
    ink2: read("ink2"),
    line: read("line"),
    accent: read("accent"),
    font: fontOf(style),
  };
}

export function printedTheme(element: Element): Theme {
  return { ...PRINTED, font: fontOf(getComputedStyle(element)) };
}

/** Double quotes would end the attributes that the names are written into. */
function fontOf(style: CSSStyleDeclaration): string {
  return style.fontFamily.replaceAll('"', "'");
}

/** `share` of `color` on `ground`, written #rgb or #rrggbb; otherwise `color` as it is. */
export function mixed(color: string, ground: string, share: number): string {
  const [over, under] = [channels(color), channels(ground)];
  if (over === null || under === null) return color;
  const mix = over.map((value, index) =>
    Math.round(value * share + (under[index] ?? 0) * (1 - share)),
  );
  return `#${mix.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function channels(color: string): number[] | null {
  // A minifier writes #fff for #ffffff.
  const long = /^#[0-9a-f]{3}$/i.test(color) ? color.replace(/[0-9a-f]/gi, "$&$&") : color;
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(long);
  return found?.slice(1).map((part) => Number.parseInt(part, 16)) ?? null;
}
