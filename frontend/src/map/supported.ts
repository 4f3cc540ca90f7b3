/** Whether this browser can draw the map; asked before the map library is loaded. */

export function supported(page: Document = document): boolean {
  try {
    const context = page.createElement("canvas").getContext("webgl2");
    // Browsers allow only a few contexts at a time.
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}
