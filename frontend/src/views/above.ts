/** What stands above the list and beside the graphs: tools, filters, what is amiss, the sentence. */
import { html, type TemplateResult } from "lit-html";
import type { Remote } from "../state/store.ts";
import { filterForm } from "./filters/index.ts";
import { failureLine, ignoredLine } from "./notices.ts";
import type { Scene } from "./scene.ts";
import { sentence } from "./sentence.ts";
import { tools } from "./tools.ts";

/** `shown` is what stands below it; that it did not come is said here. */
export function above(scene: Scene, shown: Remote<unknown>): TemplateResult {
  if (scene.served.above) return html`${scene.served.above}`;
  return html`${tools(scene)} ${filterForm(scene)} ${ignoredLine(scene)}
  ${failureLine(scene, shown)} ${sentence(scene)}`;
}
