import { beforeEach, describe, expect, test, vi } from "vitest";
import { zh } from "../../i18n/dialogs.ts";
import { readFilters } from "../../state/filters.ts";
import { exportPath, feedAddress, linesAddress, listAddress } from "./addresses.ts";
import { withCode } from "./advanced.ts";
import { curl, python, r } from "./snippets.ts";

beforeEach(() => {
  vi.stubGlobal("location", { href: "https://example.org/graphs?lang=en" });
});

describe("addresses", () => {
  const filters = { since: "all", region: "440300", q: "讨薪 a&b" };

  test("carry the filters of the view", () => {
    expect(exportPath("xls", filters, "zh")).toBe(
      "/api/v1/cases/export.xls?since=all&region=440300&q=%E8%AE%A8%E8%96%AA+a%26b&lang=zh",
    );
    expect(listAddress({})).toBe("https://example.org/api/v1/cases?limit=200");
    expect(linesAddress({})).toBe("https://example.org/api/v1/cases/export.ndjson");
  });

  test("of feeds do not say that there is no date limit, since feeds have none", () => {
    expect(feedAddress("atom", { since: "all" }, "en")).toBe(
      "https://example.org/api/v1/cases/feed.atom?lang=en",
    );
    expect(feedAddress("json", { since: "2020" }, "en")).toContain("feed.json?since=2020&lang=en");
  });
});

test("no keyword leaves the quotation marks of the code", () => {
  const hostile = `'"\\); system("x") #\${HOME}\`id\`\n`;
  const filters = readFilters(new URLSearchParams({ q: hostile, company: hostile }));
  const [list, lines] = [listAddress(filters), linesAddress(filters)];
  for (const address of [list, lines]) expect(address).toMatch(/^[\w\-.~:/?&=%+*,]+$/);
  expect(curl(list, lines, zh)).toContain(`'${list}'`);
  expect(python(list)).toContain(`"${list}"`);
  expect(r(lines)).toContain(`"${lines}"`);
});

test("equal choices are equal addresses", () => {
  expect(withCode(withCode([], "b", true).split(","), "a", true)).toBe("a,b");
  expect(withCode(["a", "b"], "a", false)).toBe("b");
  expect(withCode(["a"], "a", false)).toBe("");
});
