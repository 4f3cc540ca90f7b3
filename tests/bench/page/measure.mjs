/** Runs one measurement: its name, and what it is to know as JSON; its answer is JSON as well. */
import { killAll } from "chrome-launcher";
import { changes } from "./changes.mjs";
import { scores } from "./scores.mjs";
import { weight } from "./weight.mjs";

const MEASUREMENTS = { changes, scores, weight };

// Playwright ends its browsers with this process; Lighthouse's launcher has to be told.
process.once("SIGTERM", () => {
  killAll();
  process.exit(143);
});

const [name, told] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await MEASUREMENTS[name](JSON.parse(told))));
