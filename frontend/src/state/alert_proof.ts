/** Proof of work as altcha's first version states it: the number behind a salted hash. */
import type { Challenge } from "../api/alerts.ts";
import { hex, sha256 } from "./alert_sha256.ts";

const BATCH = 2000;
const bytes = new TextEncoder();

/**
 * The number, or null where there is none. `progress` hears the part of all numbers that were
 * tried, from 0 to 1, every `BATCH` of them.
 */
export function solve(
  { challenge, maxnumber, salt }: Challenge,
  progress: (part: number) => void = () => undefined,
): number | null {
  const wanted = challenge.toLowerCase();
  for (let number = 0; number <= maxnumber; number++) {
    if (hex(sha256(bytes.encode(salt + number))) === wanted) return number;
    if (number % BATCH === BATCH - 1) progress(number / maxnumber);
  }
  return null;
}

/** The solution as the server reads it. */
export function proofOf(
  { algorithm, challenge, salt, signature }: Challenge,
  number: number,
): string {
  return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
}
