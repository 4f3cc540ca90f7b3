/** Work that can wait, in pieces: one at a time, each when the browser has nothing more urgent. */
import { idle } from "../../state/idle.ts";

export type Job = () => void | Promise<void>;

const jobs = new Map<unknown, Job>();
let running = false;

/** Does `job` when its turn comes; a later one of the same key takes its place. */
export function inTurn(key: unknown, job: Job): void {
  jobs.set(key, job);
  if (!running) void run();
}

export function notAnyMore(key: unknown): void {
  jobs.delete(key);
}

async function run(): Promise<void> {
  running = true;
  while (jobs.size > 0) {
    await idle();
    const [first] = jobs;
    if (first === undefined) break;
    jobs.delete(first[0]);
    await first[1]();
  }
  running = false;
}
