/** Has the work done beside the page, so that it can be watched and given up. */
import type { Challenge } from "../api/alerts.ts";
import { proofOf } from "./alert_proof.ts";

/** What the worker says: how far it is, then the number. */
export type Told = { readonly part: number } | { readonly number: number | null };

/** The proof for `challenge`. Fails where it cannot be found, and with AbortError when given up. */
export function prove(
  challenge: Challenge,
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const worker = new Worker(new URL("./alert_worker.ts", import.meta.url), { type: "module" });
  return new Promise<string>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    worker.addEventListener("error", () => reject(new Error("the work was not done")));
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      if ("part" in data) progress(data.part);
      else if (data.number === null) reject(new Error("the work has no solution"));
      else resolve(proofOf(challenge, data.number));
    });
    worker.postMessage(challenge);
  }).finally(() => worker.terminate());
}
