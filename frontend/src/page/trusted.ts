/** Trusted Types: the one string a script may be made from is the address of our own worker. */

interface Policies {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

export function allowOwnWorker(): void {
  const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
  policies?.createPolicy("default", {
    createScriptURL(address) {
      const { origin, pathname } = new URL(address, document.baseURI);
      if (origin === document.defaultView?.origin && pathname.startsWith("/assets/"))
        return address;
      throw new TypeError("not a script of this site");
    },
  });
}
