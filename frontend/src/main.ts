/** The entry: comes when it comes, so that the first layout of the page waits for no script. */
import { takeOver } from "./page/taking_over.ts";
import { painted } from "./state/idle.ts";

async function start(): Promise<void> {
  // Not by an event of the document: its first layout would be part of that task.
  do await painted();
  while (document.readyState === "loading");
  takeOver();
}

void start();
