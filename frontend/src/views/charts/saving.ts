/** Saves a figure from what the page already holds: picture or numbers, nothing is asked for. */
import { traditional } from "../../i18n/traditional.ts";
import type { Scene } from "../scene.ts";
import { csvOf } from "./csv.ts";
import type { Figure } from "./figures.ts";
import { fileName } from "./names.ts";
import type { Form } from "./options.ts";
import { pictureOf, pngOf } from "./picture.ts";

export const FORMATS = ["png", "svg", "csv"] as const;
export type Format = (typeof FORMATS)[number];

export async function save(
  figure: Figure,
  form: Form,
  format: Format,
  scene: Scene,
): Promise<void> {
  const { stats, config } = scene.state;
  if (stats.data === null) return;
  const name = fileName(figure.name, stats.data.filters, config, format);
  offer(await made(figure, form, format, scene), name);
}

async function made(figure: Figure, form: Form, format: Format, scene: Scene): Promise<Blob> {
  const text = format === "csv" ? csvOf(figure, scene.lang) : await pictureOf(figure, form, scene);
  const read = scene.state.page.lang === "zh-Hant" ? (await traditional())(text) : text;
  if (format === "csv") return new Blob([read], { type: "text/csv;charset=utf-8" });
  return format === "png" ? await pngOf(read) : new Blob([read], { type: "image/svg+xml" });
}

/** Hands a file to the browser as a download. */
function offer(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The download has begun by then, and the memory is free again.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
