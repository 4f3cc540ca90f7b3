/** The rooms of the console, in the order in which they are listed and numbered. */
import type { Entry } from "./scene.ts";

export const ENTRIES: readonly Entry[] = [];
