/** Where tiles hold points: a grid of 4096 steps a tile, so that a spot on the map is a small box. */
import type { LngLat } from "./contract.ts";

const EXTENT = 4096;

/** Longitude and latitude as shares of Mercator's square, from its north-western corner. */
export function toSquare([lon, lat]: LngLat): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

export function fromSquare([x, y]: readonly [number, number]): [number, number] {
  return [x * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
}

/** The grid's cell that a point of a tile of this zoom stands for, as a value of `bbox`. */
export function cellBox(at: LngLat, zoom: number): string {
  const [x, y] = cell(at, zoom);
  const steps = 2 ** zoom * EXTENT;
  const [west, north] = fromSquare([(x - 0.5) / steps, (y - 0.5) / steps]);
  const [east, south] = fromSquare([(x + 0.5) / steps, (y + 0.5) / steps]);
  return [west, south, east, north].map((degrees) => degrees.toFixed(6)).join();
}

/** Column and row of the cell around a point, counted over the whole world. */
export function cell(at: LngLat, zoom: number): [number, number] {
  const steps = 2 ** zoom * EXTENT;
  const [x, y] = toSquare(at);
  return [Math.round(x * steps), Math.round(y * steps)];
}
