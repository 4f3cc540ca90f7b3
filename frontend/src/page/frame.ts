/** The links that the server put around the views, kept at the filters that are in force now. */
import { address, type Language, type Page } from "../state/url.ts";

export function followFrame(page: Document, state: Page): void {
  const { pathname, origin } = page.location;
  for (const link of page.querySelectorAll<HTMLAnchorElement>("#nav a")) {
    const language = link.hreflang as Language | "";
    const target = new URL(link.href);
    if (target.origin !== origin) continue;
    if (link.classList.contains("language"))
      link.href = address({ ...state, lang: asked(language) });
    else if (target.pathname === "/") link.href = address({ ...state, view: "list", id: null });
    else if (target.pathname === "/graphs")
      link.href = address({ ...state, view: "graphs", id: null });
    else continue;
    const current = link.pathname === pathname && !link.classList.contains("language");
    if (current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/** The language switch names languages as attributes do, an address as the API does. */
function asked(language: Language | string): Language {
  return language === "en" || language === "zh-Hant" ? language : "zh";
}
