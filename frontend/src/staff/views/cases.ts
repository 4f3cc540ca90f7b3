/** The room of cases: their list, and each that was opened, kept with what was typed in it. */
import { html, type TemplateResult } from "lit-html";
import { caseWords } from "../../i18n/desk_cases.ts";
import type { MapName } from "../api/case_types.ts";
import { Contacts } from "../state/case_contacts.ts";
import { Editing } from "../state/case_editing.ts";
import { emptyFields } from "../state/case_fields.ts";
import { Listing } from "../state/case_listing.ts";
import { type Reference, reference } from "../state/case_reference.ts";
import type { Desk } from "../state/desk.ts";
import type { Page } from "../state/url.ts";
import { save } from "./case_acts.ts";
import { caseEditor, headingOf } from "./case_editor.ts";
import { caseList } from "./case_list.ts";
import type { CaseScene } from "./case_view.ts";
import { failure, waiting } from "./parts.ts";
import type { Room } from "./scene.ts";

interface Opened {
  readonly editing: Editing;
  readonly contacts: Contacts;
}

class CasesRoom implements Room {
  readonly #desk: Desk;
  readonly #listing: Listing;
  readonly #opened = new Map<string, Opened>();
  #reference: Reference | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#listing = new Listing(desk);
  }

  open({ id, query }: Page): void {
    void reference().then(
      (known) => {
        this.#reference = known;
        this.#desk.changed();
      },
      () => undefined,
    );
    if (id === null) {
      this.#settle(null);
      void this.#listing.show(query, true);
    } else this.#openCase(id, query.map);
  }

  /** A case that was only read is read anew; what was typed stays. */
  #openCase(id: string, map: string | undefined): void {
    this.#settle(id);
    const held = this.#opened.get(id);
    if (held?.editing.dirty || held?.editing.loaded.status === "loading") return;
    const stored = id !== "new";
    const start = stored ? null : emptyFields((map ?? "calls") as MapName, today());
    const editing = new Editing(this.#desk, stored ? id : null, start);
    this.#opened.set(id, { editing, contacts: new Contacts(editing) });
    if (stored) void this.#load(editing, id);
  }

  async #load(editing: Editing, id: string): Promise<void> {
    await editing.load();
    const { held, around } = editing;
    if (held === null) return;
    const { desk } = editing;
    if (held.alert !== null && desk.may("GET /staff/alerts/{id}")) around.said.open(held.alert);
    if (desk.may("GET /staff/cases/{id}/duplicates")) around.readDuplicates(id);
    if (desk.may("GET /staff/cases/{id}/history")) around.readHistory(id);
  }

  /** Lets go of every case but one that nothing is typed in; what was looked at is not kept. */
  #settle(kept: string | null): void {
    for (const [id, { editing, contacts }] of this.#opened) {
      if (contacts.seen !== null) contacts.hide();
      const saved = id === "new" && editing.id !== null;
      if (id !== kept && (!editing.dirty || saved)) this.#opened.delete(id);
    }
  }

  #scene(id: string): CaseScene | null {
    const held = this.#opened.get(id);
    const known = this.#reference;
    if (held === undefined || known === null || held.editing.fields === null) return null;
    const desk = this.#desk;
    const may = desk.may(id === "new" ? "POST /staff/cases" : "PUT /staff/cases/{id}");
    return {
      ...held,
      desk,
      words: caseWords(desk.lang),
      lang: desk.lang,
      reference: known,
      fields: held.editing.fields,
      fixed: !may || held.editing.held?.state === "withdrawn",
    };
  }

  draw({ id }: Page): TemplateResult {
    const desk = this.#desk;
    const words = caseWords(desk.lang);
    if (id === null) return caseList(desk, this.#listing, this.#reference, words);
    const scene = this.#scene(id);
    const asked = this.#opened.get(id)?.editing.loaded;
    const again = () => this.#openCase(id, undefined);
    // One heading from the first drawing on: it has the keyboard.
    return html`<h1 tabindex="-1">${scene === null ? words.list.heading : headingOf(scene)}</h1>
      ${
        scene !== null
          ? caseEditor(scene)
          : html`${asked && failure(desk, asked, again)} ${asked && waiting(desk, asked)}`
      }`;
  }

  /** Not what the case is called: a browser keeps titles in its history. */
  title({ id }: Page): string | null {
    return id;
  }

  keys({ id }: Page) {
    const words = caseWords(this.#desk.lang);
    const scene = id === null ? null : this.#scene(id);
    if (scene === null) {
      const act = () => this.#desk.go({ room: "cases", id: "new" });
      const may = id === null && this.#desk.may("POST /staff/cases");
      return may ? [{ key: "n", says: words.list.make, act }] : [];
    }
    const act = () => {
      if (scene.editing.dirty && !scene.fixed) void save(scene);
    };
    return [{ key: "s", says: words.editor.save, act }];
  }

  unsaved(): boolean {
    return [...this.#opened.values()].some(({ editing }) => editing.dirty);
  }
}

/** In Shanghai, where the cases are. */
function today(): string {
  return new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
}

export const casesRoom = (desk: Desk): Room => new CasesRoom(desk);
