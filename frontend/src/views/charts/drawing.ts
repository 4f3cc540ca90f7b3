/**
 * Asks the worker for drawings. The library takes 15 to 60 ms of a desktop computer for one chart,
 * four times that of a phone; beside the page that costs nobody a touch or a key.
 */
import type { Figure } from "./figures.ts";
import type { Hits } from "./hits.ts";
import type { Form, Frame } from "./options.ts";

export interface Order {
  readonly number: number;
  readonly figure: Figure;
  readonly form: Form;
  readonly frame: Frame;
}

/** A chart as SVG text, and where in it its rows are; null where it could not be drawn. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly hits: Hits;
}

export interface Delivery {
  readonly number: number;
  readonly drawing: Drawing | null;
}

interface Waiting {
  resolve(drawing: Drawing): void;
  reject(reason: Error): void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | null = null;
let count = 0;

/** Lets the worker load while there is nothing to be drawn yet. */
export function prepare(): void {
  worker ??= hired();
}

/** Fails where the worker does not load or the library gives up. */
export function drawingOf(figure: Figure, form: Form, frame: Frame): Promise<Drawing> {
  prepare();
  const order: Order = { number: ++count, figure, form, frame };
  worker?.postMessage(order);
  return new Promise((resolve, reject) => {
    waiting.set(order.number, { resolve, reject });
  });
}

/** Ends the worker, with whatever it is doing; the next order hires another. */
export function dismiss(): void {
  worker?.terminate();
  worker = null;
  for (const { reject } of waiting.values()) reject(new Error("not drawn"));
  waiting.clear();
}

function hired(): Worker {
  const made = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data }: MessageEvent<Delivery>) => {
    const order = waiting.get(data.number);
    waiting.delete(data.number);
    if (data.drawing) order?.resolve(data.drawing);
    else order?.reject(new Error("not drawn"));
  });
  made.addEventListener("error", dismiss);
  return made;
}
