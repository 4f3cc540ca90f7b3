/** The console's addresses: what is read is written again, and what is none's leads nowhere. */
import { describe, expect, test } from "vitest";
import { address, ROOM_NAMES, read } from "./url.ts";

const at = (path: string) => {
  const { pathname, search } = new URL(path, "https://desk.example.org");
  return read({ pathname, search });
};

describe("addresses", () => {
  test.each([
    "/",
    ...ROOM_NAMES.map((name) => `/${name}`),
    "/alerts/0R1KVWNKJV7P0",
    "/alerts?state=rejected&assignee=none&lang=en",
    "/audit?subject=2VDGTZFHFKJDX&lang=zh",
  ])("%s is itself again", (path) => {
    expect(address(at(path))).toBe(path);
  });

  test("a room that there is not, and an id without a room", () => {
    expect(at("/staff.html").room).toBeNull();
    expect(at("/nothing/at/all")).toEqual({ room: null, id: null, query: {}, lang: null });
  });

  test("an id that is no proper encoding is taken as it stands", () => {
    expect(read({ pathname: "/alerts/%E0%A4%A", search: "" }).id).toBe("%E0%A4%A");
  });

  test("the language stands beside the query, and only one of ours", () => {
    expect(at("/cases?lang=en&q=pay")).toMatchObject({ lang: "en", query: { q: "pay" } });
    expect(at("/cases?lang=xx").lang).toBeNull();
  });
});
