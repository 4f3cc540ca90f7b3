/** A file that is sent to the archive, and the report of what became of its rows. */
import type { ImportReport, MapName } from "../api/case_types.ts";
import { sendImport } from "../api/cases.ts";
import type { Desk } from "./desk.ts";

interface Choice {
  readonly file: File | null;
  readonly map: MapName;
  readonly publish: boolean;
  /** Only a report: nothing is changed. */
  readonly dryRun: boolean;
}

export class Importing {
  choice: Choice = { file: null, map: "calls", publish: false, dryRun: true };
  report: ImportReport | null = null;
  sending = false;
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  choose(changes: Partial<Choice>): void {
    this.choice = { ...this.choice, ...changes };
    this.report = null;
    this.#desk.changed();
  }

  async send(): Promise<void> {
    const { file, map, publish, dryRun } = this.choice;
    if (file === null || this.sending) return;
    this.sending = true;
    this.report = null;
    const done = await this.#desk.act(() => sendImport(file, map, publish && !dryRun, dryRun));
    this.sending = false;
    this.report = done?.answer ?? null;
    this.#desk.changed();
  }
}
