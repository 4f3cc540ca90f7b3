/** The index of place names: asked for when somebody begins to look for a place, kept from then on. */
import address from "virtual:places";
import { type PlaceFile, type PlaceIndex, unpack } from "../views/filters/place_index.ts";

let asked: Promise<PlaceIndex> | null = null;

/** Fails when the file does not come; the next call asks again. */
export function placeIndex(): Promise<PlaceIndex> {
  asked ??= read().catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

async function read(): Promise<PlaceIndex> {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`the index of places: ${answer.status}`);
  return unpack((await answer.json()) as PlaceFile);
}
