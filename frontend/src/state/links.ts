/** Links to this page are followed without leaving it; all others are the browser's. */
import type { Actions } from "./actions.ts";
import { here } from "./url.ts";

const PATHS = /^\/(graphs)?$|^\/cases\/[0-9A-Z]{13}$/;

export function followLinks(page: Document, act: Actions): void {
  page.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0)
      return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const { tool } = link.dataset;
    // The server's links to what it has on its page; the script has dialogs for the same.
    if (tool === "advanced" || tool === "export" || tool === "subscribe") {
      event.preventDefault();
      act.openDialog(tool);
      return;
    }
    const target = new URL(link.href);
    if (
      link.target ||
      link.download !== "" ||
      target.hash ||
      target.origin !== page.defaultView?.origin
    )
      return;
    // Another language is another document: the frame around the views is the server's.
    if (!PATHS.test(target.pathname) || target.searchParams.get("lang") !== here().lang) return;
    event.preventDefault();
    act.visit(target.pathname + target.search);
  });
}
