/** Scrolling: the next page of the list comes before its end is reached, and the place is kept. */

import type { Store } from "../parts/store.ts";
import type { Actions } from "./actions.ts";
import type { State } from "./store.ts";

/** Milliseconds of rest after which the place is written down. */
const REST = 300;

export function watchScrolling(root: HTMLElement, store: Store<State>, act: Actions): void {
  const observer = new IntersectionObserver(
    (entries) => {
      const { list, page } = store.state;
      const near = entries.some((entry) => entry.isIntersecting);
      if (near && page.view === "list" && list.data?.more === "idle") act.loadMore();
    },
    { rootMargin: "600px" },
  );
  let watched: Element | null = null;
  const watch = () => {
    const button = root.querySelector("[data-more]");
    if (watched !== null) observer.unobserve(watched);
    watched = button;
    if (button !== null) observer.observe(button);
  };
  watch();
  // After the list was drawn: a button that was just made is looked at anew.
  store.listen(() => requestAnimationFrame(watch));
  let timer = 0;
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => act.remember(), REST);
  });
  addEventListener("pagehide", () => act.remember());
}
