/**
 * Incident Alert in the page: a window over whatever is in view. Opening it asks nobody and leaves
 * address, history and title as they are.
 */
import { render } from "lit-html";
import "../../styles/alert_window.css";
import { en, zh } from "../../i18n/alert.ts";
import type { Lang } from "../../i18n/format.ts";
import type { Words } from "../../i18n/index.ts";
import { AlertDesk } from "../../state/alert.ts";
import type { AlertTerms } from "../../state/config.ts";
import { vanish } from "../../state/url.ts";
import type { AlertScene, AlertWords } from "./scene.ts";
import { alertWindow } from "./window.ts";

/** Where "leave now" leads: what anybody might be reading. The plain page has the same. */
export const EXITS: Readonly<Record<Lang, string>> = {
  zh: "https://www.baidu.com/",
  en: "https://en.wikipedia.org/wiki/Weather",
};
/** Milliseconds within which Esc has to be pressed again to leave. */
const TWICE = 2000;

interface Place {
  readonly lang: Lang;
  readonly shared: Words;
  readonly terms: AlertTerms;
  /** After each drawing, with what was drawn. */
  readonly drawn: (root: HTMLElement) => void;
}

/** Makes the links to /alert open the window from now on. */
export function openAlertsHere(page: Document, { lang, shared, terms, drawn }: Place): void {
  const words: AlertWords = lang === "zh" ? zh : en;
  const host = page.createElement("div");
  page.body.append(host);
  let open = false;
  let planned = false;
  let screen = "story";
  const desk = new AlertDesk(lang, () => {
    if (planned) return;
    planned = true;
    queueMicrotask(() => {
      planned = false;
      draw();
    });
  });
  const scene: AlertScene = { lang, words, shared, desk, terms, leave };

  function draw(): void {
    render(alertWindow(scene, open), host);
    drawn(host);
    const before = screen;
    screen = desk.held.screen;
    if (open && before !== screen) begin();
  }

  function dialog(): HTMLDialogElement | null {
    return host.querySelector("dialog");
  }

  /** Another screen is read from its top. */
  function begin(): void {
    dialog()?.scrollTo(0, 0);
    host.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  /** The first field with a fault, so that nobody has to look for it. */
  function showFault(): void {
    const field = host.querySelector(".fault")?.closest("[data-field]");
    field?.querySelector<HTMLElement>("input, textarea, select")?.focus();
  }

  function show(): void {
    open = true;
    draw();
    const made = dialog();
    if (made === null || made.open) return;
    made.showModal();
  }

  function leave(): void {
    page.body.hidden = true;
    desk.clear();
    render(null, host);
    vanish(EXITS[lang]);
  }

  draw();
  dialog()?.addEventListener("close", () => {
    // Told late: it may have been opened again since.
    if (dialog()?.open) return;
    open = false;
    draw();
  });
  host.addEventListener("submit", () => setTimeout(showFault));
  page.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0)
      return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const target = new URL(link.href);
    if (target.origin !== page.defaultView?.origin || target.pathname !== "/alert") return;
    event.preventDefault();
    show();
  });
  let pressed = Number.NEGATIVE_INFINITY;
  page.addEventListener("keydown", (event) => {
    // An input method takes Esc for itself.
    if (event.key !== "Escape" || event.isComposing || event.repeat) return;
    if (event.timeStamp - pressed < TWICE) leave();
    else if (open) pressed = event.timeStamp;
  });
  // Back to this page is back to an empty form.
  page.defaultView?.addEventListener("pagehide", () => desk.clear());
}
