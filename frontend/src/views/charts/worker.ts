/** The worker: takes orders, delivers drawings. Nothing of the page is known here. */
import type { Delivery, Drawing, Order } from "./drawing.ts";
import { svgOf } from "./engine.ts";
import { hitsOf } from "./hits.ts";
import { heightOf, optionOf } from "./options.ts";

self.addEventListener("message", ({ data }: MessageEvent<Order>) => {
  const delivery: Delivery = { number: data.number, drawing: drawingOf(data) };
  self.postMessage(delivery);
});

function drawingOf({ figure, form, frame }: Order): Drawing | null {
  try {
    const { width } = frame;
    const height = heightOf(figure, form, frame);
    const option = optionOf(figure, form, frame);
    return {
      svg: svgOf(option, width, height),
      width,
      height,
      hits: hitsOf(option, width, height),
    };
  } catch {
    return null;
  }
}
