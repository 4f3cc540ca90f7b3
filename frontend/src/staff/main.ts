/** The console's entry: draws the shell and the room that the address names, and hears the keyboard. */
import { render } from "lit-html";
import { langTag } from "../i18n/format.ts";
import { Store } from "../parts/store.ts";
import { Desk } from "./state/desk.ts";
import { enterSearch, isTyping, type Shortcut, stepRow } from "./state/keys.ts";
import { Session } from "./state/session.ts";
import type { State } from "./state/store.ts";
import { address, follow, here, type Page, type RoomName, read, replace } from "./state/url.ts";
import { ENTRIES } from "./views/index.ts";
import type { Entry, Room, Scene } from "./views/scene.ts";
import { shell } from "./views/shell.ts";

/** Milliseconds between two looks at whether somebody is still there. */
const LOOK = 20_000;

class Console {
  readonly #root: HTMLElement;
  readonly #desk: Desk;
  readonly #session: Session;
  readonly #rooms = new Map<RoomName, Room>();
  /** The page that its room was told of. */
  #opened: Page | null = null;
  /** What was in view at the last drawing, as an address; the keyboard follows it. */
  #focused: string | null = null;
  /** The row to return to, once it is drawn. */
  #left: string | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
    const browser = navigator.language.toLowerCase().startsWith("en") ? "en" : "zh";
    const start = { me: undefined, said: null, help: false, keys: true, menu: false };
    this.#desk = new Desk(new Store<State>({ ...start, page: here() }), browser);
    this.#session = new Session(this.#desk, () => this.#rooms.clear());
  }

  begin(): void {
    const desk = this.#desk;
    desk.store.listen(() => this.#draw());
    follow((page) => desk.arrive(page));
    document.addEventListener("click", (event) => this.#follow(event));
    document.addEventListener("keydown", (event) => this.#press(event));
    for (const sign of ["keydown", "pointerdown", "wheel"] as const) {
      document.addEventListener(sign, () => this.#session.touched(performance.now()));
    }
    setInterval(() => this.#session.watch(performance.now()), LOOK);
    addEventListener("beforeunload", (event) => {
      if ([...this.#rooms.values()].some((room) => room.unsaved?.())) event.preventDefault();
    });
    this.#draw();
    void this.#session.start();
  }

  #entries(): readonly Entry[] {
    return ENTRIES.filter((entry) => this.#desk.may(entry.needs));
  }

  /** The room in view, told of a page that it has not seen. */
  #enter(entries: readonly Entry[]): Room | null {
    const desk = this.#desk;
    let { page } = desk.state;
    if (!desk.state.me || desk.state.me.fresh) {
      this.#opened = null;
      return null;
    }
    const first = entries[0];
    if (page.room === null && first !== undefined) {
      page = { ...page, room: first.name };
      replace(page);
      desk.arrive(page);
    }
    const entry = entries.find(({ name }) => name === page.room);
    if (entry === undefined) return null;
    const room = this.#rooms.get(entry.name) ?? entry.make(desk, this.#session);
    this.#rooms.set(entry.name, room);
    if (this.#opened === null || address(this.#opened) !== address(page)) {
      this.#opened = page;
      room.open(page);
    }
    return room;
  }

  #draw(): void {
    const desk = this.#desk;
    const entries = this.#entries();
    const room = this.#enter(entries);
    const { page } = desk.state;
    document.documentElement.lang = langTag(desk.lang);
    const keys = room?.keys?.(page) ?? [];
    const scene: Scene = { desk, session: this.#session, entries, room, keys };
    render(shell(scene), this.#root);
    const label = entries.find(({ name }) => name === page.room)?.label[desk.lang];
    const parts = [room?.title?.(page), room && label, desk.words.shell.title];
    document.title = parts.filter(Boolean).join(" · ");
    this.#focus(page);
  }

  /** The keyboard goes to what was opened, or back to the row that was left. */
  #focus(page: Page): void {
    const { me } = this.#desk.state;
    if (me === undefined) return;
    const screen = !me ? "login" : me.fresh ? "password" : `${page.room}/${page.id ?? ""}`;
    const before = this.#focused;
    if (before !== screen) {
      this.#focused = screen;
      const [room, id] = (before ?? "").split("/");
      this.#left = room === page.room && id && page.id === null ? id : null;
      const typing = !me || me.fresh;
      const target = typing ? "main input:not([tabindex])" : before === null ? null : "main h1";
      if (target !== null) {
        this.#root.querySelector<HTMLElement>(target)?.focus({ preventScroll: true });
        scrollTo(0, 0);
      }
    }
    if (this.#left === null) return;
    const row = [...this.#root.querySelectorAll<HTMLElement>("main [data-row]")];
    const found = row.find(({ dataset }) => dataset.row === this.#left);
    if (found === undefined) return;
    this.#left = null;
    found.focus();
  }

  /** Links to rooms are followed without leaving the page; all others are the browser's. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0)
      return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const target = new URL(link.href);
    if (link.download !== "" || link.target || target.hash) return;
    const page = read(target);
    const ours = target.origin === document.defaultView?.origin;
    if (!ours || (page.room === null && target.pathname !== "/")) return;
    event.preventDefault();
    this.#desk.visit(page);
  }

  #press(event: KeyboardEvent): void {
    const desk = this.#desk;
    const { me, keys, page } = desk.state;
    if (!me || me.fresh || !keys || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    // What is on the screen decides: the state hears of a closed dialog a moment later.
    if (document.querySelector("dialog[open]")) return;
    const entries = this.#entries();
    const named = this.#rooms.get(page.room ?? "alerts");
    const own = named?.keys?.(page).find(({ key }) => key === event.key);
    const act = own?.act ?? this.#shared(event.key, entries)?.act;
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  #shared(key: string, entries: readonly Entry[]): Pick<Shortcut, "act"> | undefined {
    const desk = this.#desk;
    const { page } = desk.state;
    const numbered = entries[Number(key) - 1];
    if (numbered) return { act: () => desk.go(desk.list(numbered.name)) };
    const shared: Record<string, () => void> = {
      j: () => stepRow(this.#root, 1),
      k: () => stepRow(this.#root, -1),
      "/": () => enterSearch(this.#root),
      "?": () => desk.store.set({ help: true }),
      u: () => {
        if (page.room !== null && page.id !== null) desk.go(desk.list(page.room));
      },
    };
    const act = shared[key];
    return act && { act };
  }
}

const root = document.getElementById("console");
if (!root) throw new Error("the page has no room for the console");
new Console(root).begin();
