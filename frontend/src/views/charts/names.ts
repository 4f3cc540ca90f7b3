/** Names of saved files: the filters, then the day, by the rule of the API's exports. */
import type { Stats } from "../../api/types.ts";

const LONGEST = 120;
const BARE = ["map", "since", "until", "region"];

/** qiuzhu-month-strikes-2026-05-21-2026-11-21-440000-2026-11-21.csv */
export function fileName(
  chart: string,
  filters: Stats["filters"],
  given: { readonly demo: boolean; readonly today: string },
  extension: string,
): string {
  const parts = filters.parts.map(({ name, values }) => {
    const value = values.join(",");
    return BARE.includes(name) ? value : `${name}-${value}`;
  });
  const plain = parts
    .join("-")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}_.,-]+/gu, "_");
  const cut = [...plain].length > LONGEST ? `${[...plain].slice(0, LONGEST).join("")}_etc` : plain;
  const demo = given.demo ? ["demo"] : [];
  return `${["qiuzhu", ...demo, chart, cut, given.today].join("-")}.${extension}`;
}
