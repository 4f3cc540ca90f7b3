/** Work that can wait, in pieces: one at a time, each when the browser has nothing more urgent. */

export type Job = () => void | Promise<void>;

const jobs = new Map<unknown, Job>();
let running = false;
/** Milliseconds after which a piece is done although the browser is busy. */
const PATIENCE = 500;

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

/** Safari cannot say when it is idle. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "function") {
      requestIdleCallback(() => resolve(), { timeout: PATIENCE });
    } else setTimeout(resolve, 16);
  });
}
