/** What a room is, and what the shell draws from. */
import type { TemplateResult } from "lit-html";
import type { Lang } from "../../i18n/format.ts";
import type { Desk } from "../state/desk.ts";
import type { Shortcut } from "../state/keys.ts";
import type { Session } from "../state/session.ts";
import type { Page, RoomName } from "../state/url.ts";

/** One room while somebody is logged in. It is kept when others are opened, with what was typed. */
export interface Room {
  /** The address came here, or its query changed: ask for what it names. Also after a new login. */
  open(page: Page): void;
  draw(page: Page): TemplateResult;
  /** What the title of the document names beside the room. */
  title?(page: Page): string | null;
  /** Further keys; listed under "?". */
  keys?(page: Page): readonly Shortcut[];
  /** Whether something typed would be lost with the document. */
  unsaved?(): boolean;
}

export interface Entry {
  readonly name: RoomName;
  readonly label: Readonly<Record<Lang, string>>;
  /** The room is shown to those who may do this. */
  readonly needs: string;
  readonly make: (desk: Desk, session: Session) => Room;
}

export interface Scene {
  readonly desk: Desk;
  readonly session: Session;
  /** The rooms that this login may enter, in order. */
  readonly entries: readonly Entry[];
  /** The room in view; null where the address is none's. */
  readonly room: Room | null;
  readonly keys: readonly Shortcut[];
}
