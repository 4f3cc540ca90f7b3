/**
 * One case that is being edited: what the desk holds, what is typed over it, and what was answered.
 * Nothing that was typed is ever lost to an answer, not even to somebody else's edit.
 */
import type {
  CaseFields,
  DeskCase,
  Item,
  Member,
  Pair,
  WithdrawalReason,
} from "../api/case_types.ts";
import {
  discardCase,
  makeCase,
  mergeCase,
  publishCase,
  readCase,
  saveCase,
  withdrawCase,
} from "../api/cases.ts";
import type { Refusal } from "../api/client.ts";
import { Asked } from "./asked.ts";
import { differing, fieldsOf, type Joined, join } from "./case_fields.ts";
import { Marking, masked, TEXTS, textOf, withText } from "./case_marks.ts";
import { Surrounding } from "./case_surrounding.ts";
import type { Desk } from "./desk.ts";

export type Sheet = "publish" | "withdraw" | "discard" | "preview";

/** Two people edited at once. */
export interface Conflict extends Joined {
  readonly before: CaseFields;
  readonly current: CaseFields;
}

export class Editing {
  id: string | null;
  fields: CaseFields | null;
  conflict: Conflict | null = null;
  sheet: Sheet | null = null;
  /** Hours as `YYYY-MM-DDTHH:MM`, where the case waits for a batch. */
  batch: string | null = null;
  readonly loaded: Asked<DeskCase>;
  readonly marking: Marking;
  readonly around: Surrounding;
  readonly desk: Desk;
  readonly #start: CaseFields | null;

  /** `start`: the members of a case that is not stored yet. */
  constructor(desk: Desk, id: string | null, start: CaseFields | null = null) {
    this.desk = desk;
    this.id = id;
    this.fields = start;
    this.#start = start;
    this.loaded = new Asked(desk);
    this.marking = new Marking(() => desk.changed());
    this.around = new Surrounding(desk);
  }

  get held(): DeskCase | null {
    return this.loaded.data;
  }

  get dirty(): boolean {
    if (this.fields === null) return false;
    const before = this.held === null ? this.#start : fieldsOf(this.held);
    return before === null || differing(before, this.fields).length > 0;
  }

  async load(): Promise<void> {
    const { id } = this;
    if (id === null) return;
    const read = await this.loaded.ask(() => readCase(id));
    if (read !== null) this.#adopt(read);
    this.desk.changed();
  }

  change(changes: Partial<CaseFields>): void {
    if (this.fields === null) return;
    this.fields = { ...this.fields, ...changes };
    if ("title" in changes || "text" in changes || "company" in changes) {
      this.marking.look(() => this.fields);
    }
    this.desk.changed();
  }

  type(path: string, text: string): void {
    if (this.fields) this.change(withText(this.fields, path, text));
  }

  /** Masks one mark of a text, or all of them; the others still fit what is left. */
  mask(path: string, which: number | null): void {
    if (this.fields === null) return;
    const text = textOf(this.fields, path);
    const marks = this.marking.of(path, text);
    const hit = marks.filter((_, at) => which === null || at === which);
    const next = hit.reduce(masked, text);
    const left = marks.filter((mark) => !hit.includes(mark));
    this.marking.note(path, next, left);
    this.type(path, next);
  }

  open(sheet: Sheet | null): void {
    this.sheet = sheet;
    this.desk.changed();
  }

  /** True where it is saved; a case that was new then has its id. */
  save(): Promise<boolean> {
    return this.#act(async () => {
      const { id, held, fields: sent } = this;
      if (sent === null) return;
      const stored = id !== null && held !== null;
      const saved = stored ? await saveCase(id, held.edit, sent) : await makeCase(sent);
      this.id = saved.id;
      this.#adopt(saved, sent);
      this.conflict = null;
    });
  }

  /** Publishes what is saved; a case that is public needs a reason. `forget`: of earlier revisions too. */
  publish(reason: Pair | null, forget: boolean): Promise<boolean> {
    return this.#act(async () => {
      const { id, held } = this;
      if (id === null || held === null) return;
      this.batch = (await publishCase(id, held.edit, reason, forget)).next_batch;
      this.#adopt(await readCase(id));
      this.around.renew(id);
    });
  }

  withdraw(reason: WithdrawalReason): Promise<boolean> {
    return this.#act(async () => {
      if (this.id === null) return;
      this.#adopt(await withdrawCase(this.id, reason));
      this.around.renew(this.id);
    });
  }

  discard(): Promise<boolean> {
    return this.#act(async () => {
      if (this.id !== null) this.#adopt(await discardCase(this.id));
    });
  }

  /** Joins two saved cases; `keep` stays. The id of the one that stays, or null. */
  async merge(other: Item, keep: "this" | "other"): Promise<string | null> {
    const { id, held } = this;
    if (id === null || held === null) return null;
    const done = await this.#act(async () => {
      if (keep === "this") await mergeCase(other.id, other.edit, id);
      else await mergeCase(id, held.edit, other.id);
      this.#adopt(await readCase(id));
      this.around.renew(id);
    });
    if (!done) return null;
    return keep === "this" ? id : other.id;
  }

  /** Takes the other one's version of a member, or keeps what is typed. */
  settle(member: Member, take: boolean): void {
    const { conflict } = this;
    if (conflict === null || this.fields === null) return;
    if (take) this.fields = { ...this.fields, [member]: conflict.current[member] };
    this.conflict = { ...conflict, both: conflict.both.filter((name) => name !== member) };
    this.desk.changed();
  }

  /** What is stored beside the members, contacts above all, as it is now. */
  async refresh(): Promise<void> {
    if (this.id === null || this.held === null) return;
    const before = fieldsOf(this.held);
    this.#adopt(await readCase(this.id), before);
    this.desk.changed();
  }

  /** What the desk holds now; what was typed since `sent` stays typed. */
  #adopt(current: DeskCase, sent: CaseFields | null = null): void {
    const next = fieldsOf(current);
    this.fields = this.fields && sent ? join(sent, this.fields, next).fields : next;
    this.loaded.set(current);
    for (const path of TEXTS) {
      const marks = current.personal.filter(({ field }) => field === path);
      this.marking.note(path, textOf(next, path), marks);
    }
  }

  async #act(work: () => Promise<void>): Promise<boolean> {
    const done = await this.desk.act(work, (refusal) => this.#edited(refusal));
    if (done !== null) this.sheet = null;
    this.desk.changed();
    return done !== null;
  }

  /** Whether somebody else edited it; then both versions are kept side by side. */
  #edited(refusal: Refusal): boolean {
    const { current } = (refusal.body ?? {}) as { current?: DeskCase };
    if (refusal.kind !== "edited-meanwhile" || !current || !this.held || !this.fields) return false;
    const before = fieldsOf(this.held);
    const joined = join(before, this.fields, fieldsOf(current));
    this.#adopt(current);
    this.fields = joined.fields;
    this.conflict = { ...joined, before, current: fieldsOf(current) };
    this.sheet = null;
    return true;
  }
}
