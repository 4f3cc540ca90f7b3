/** What the windows of Incident Alert are drawn from. */
import type { zh } from "../../i18n/alert.ts";
import type { Lang } from "../../i18n/format.ts";
import type { Words } from "../../i18n/index.ts";
import type { Shape } from "../../i18n/shape.ts";
import type { AlertDesk } from "../../state/alert.ts";
import type { AlertTerms } from "../../state/config.ts";

export type AlertWords = Shape<typeof zh>;

export interface AlertScene {
  readonly lang: Lang;
  readonly words: AlertWords;
  /** Words that the page has anyway. */
  readonly shared: Words;
  readonly desk: AlertDesk;
  readonly terms: AlertTerms;
  /** Leaves this site at once and forgets what was typed. */
  readonly leave: () => void;
}

/** A sentence with its gaps filled, in order. */
export function filled(sentence: string, ...values: (string | number)[]): string {
  return values.reduce<string>((said, value) => said.replace("{}", String(value)), sentence);
}

/** A sentence with its named gaps filled. */
export function named(sentence: string, values: Readonly<Record<string, number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => String(values[name] ?? gap));
}
