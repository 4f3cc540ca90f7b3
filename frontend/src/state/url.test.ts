import { describe, expect, it } from "vitest";
import { address, read } from "./url.ts";

const at = (text: string) => {
  const { pathname, search } = new URL(text, "https://map.example.org");
  return read({ pathname, search });
};

describe("the address is the state", () => {
  it.each([
    "/",
    "/?map=strikes&region=440300,310000&q=%E8%AE%A8%E8%96%AA&lang=zh",
    "/?since=2025-01&until=2025-06&sort=-updated&lang=en",
    "/?show=map&at=4.50/35.100/104.200",
    "/graphs?industry=construction&lang=zh-Hant",
    "/cases/7Z4K2M9QWERTY?since=all&lang=en",
  ])("%s comes back as it was", (text) => {
    expect(address(at(text))).toBe(text);
  });

  it("reads what it can of a broken or foreign address", () => {
    const page = at("/?at=9/999/1&show=globe&sort=up&lang=fr&foo=1&map=calls&map=");
    expect(page).toMatchObject({ at: null, show: "list", sort: "-date", lang: null });
    expect(address(page)).toBe("/?map=calls");
  });

  it("takes nothing for a case that is not an id", () => {
    expect(at("/cases/../etc").view).toBe("list");
    expect(at("/cases/7Z4K2M9QWERTYX").id).toBeNull();
    expect(at("/cases/7z4k2m9qwerty").id).toBeNull();
  });

  it("keeps the map's position to the list, where the map is", () => {
    expect(address(at("/graphs?at=4/35/104&show=map"))).toBe("/graphs");
  });
});
