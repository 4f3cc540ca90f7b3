/** What stands around a case: what was said, likely duplicates, its history, and how it would look. */
import type { Duplicate, Revision } from "../api/case_types.ts";
import { previewCase, readDuplicates, readHistory } from "../api/cases.ts";
import { OneAlert } from "./alert.ts";
import { Asked } from "./asked.ts";
import type { Desk } from "./desk.ts";

export type Document = Readonly<Record<string, unknown>>;

export class Surrounding {
  readonly said: OneAlert;
  readonly duplicates: Asked<readonly Duplicate[]>;
  readonly history: Asked<readonly Revision[]>;
  readonly preview: Asked<Document>;

  constructor(desk: Desk) {
    this.said = new OneAlert(desk);
    this.duplicates = new Asked(desk);
    this.history = new Asked(desk);
    this.preview = new Asked(desk);
  }

  /** After an act each says something else; what was in view is asked for again. */
  renew(id: string): void {
    this.preview.clear();
    if (this.duplicates.status !== "idle") this.readDuplicates(id);
    if (this.history.status !== "idle") this.readHistory(id);
  }

  readDuplicates(id: string): void {
    void this.duplicates.ask(() => readDuplicates(id).then(({ items }) => items));
  }

  readHistory(id: string): void {
    void this.history.ask(() => readHistory(id).then(({ items }) => items));
  }

  readPreview(id: string): void {
    void this.preview.ask(() => previewCase(id).then(({ document }) => document));
  }
}
