/** The worker that does the work asked for before an alert is taken. Nothing of the alert is known here. */
import type { Challenge } from "../api/alerts.ts";
import { solve } from "./alert_proof.ts";
import type { Told } from "./alert_work.ts";

self.addEventListener("message", ({ data }: MessageEvent<Challenge>) => {
  const tell = (told: Told) => self.postMessage(told);
  tell({ number: solve(data, (part) => tell({ part })) });
});
