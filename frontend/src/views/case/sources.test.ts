// @vitest-environment happy-dom
/** Whatever a case holds is text, and only web addresses are links. */
import { describe, expect, test } from "vitest";
import { REPLY, shown, texts } from "./example.ts";
import { webAddress } from "./sources.ts";

const HOSTILE = "<script>x()</script><svg onload=x()><img src=x onerror=x()> \u202eturned\u2066";

describe("sources", () => {
  test.each(["https://example.org/a", "http://example.org/"])("%s is a web address", (url) => {
    expect(webAddress(url)?.host).toBe("example.org");
  });

  test.each([
    "javascript:x()",
    "JAVASCRIPT:x()",
    " data:text/html,x",
    "//example.org",
    "ftp://a/b",
  ])("%s is not", (url) => {
    expect(webAddress(url)).toBeNull();
    const source = { platform: null, url, posted_on: null, archived: null, still_live: null };
    const root = shown({ sources: [source] });
    expect(root.querySelector(".sources a")).toBeNull();
    expect(texts(root, ".sources .inert")).toEqual([url.trim()]);
  });

  test("a link says its host, tells the other side nothing, and that it is gone", () => {
    const url = "https://example.org/post/1";
    const source = { platform: null, url, posted_on: null, archived: "ab", still_live: false };
    const root = shown({ sources: [source] });
    const link = root.querySelector(".sources a");
    expect(link?.textContent).toBe("example.org");
    expect(link?.getAttribute("rel")).toBe("noreferrer noopener nofollow external");
    expect(texts(root, ".removed, .archived")).toEqual(["原平台已删除", "存档副本 SHA-256：ab"]);
  });
});

test("hostile text is text, and turns nothing around", () => {
  const both = { zh: HOSTILE, en: HOSTILE };
  const plain = "<script>x()</script><svg onload=x()><img src=x onerror=x()> turned";
  const root = shown({
    title: both,
    text: both,
    company: both,
    stated: { issue: [HOSTILE], [HOSTILE]: [HOSTILE] },
    contacts: [{ channel: HOSTILE, value: HOSTILE }],
    replies: [{ ...REPLY, office: both, text: both, outcome: both }],
    sources: [{ platform: null, url: HOSTILE, posted_on: null, archived: null, still_live: null }],
    participants: { low: null, high: null, stated: HOSTILE },
    cite: both,
  });
  expect(root.querySelector("script, svg, img")).toBeNull();
  expect(root.textContent).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
  expect(texts(root, "h1")).toEqual([plain]);
  expect(texts(root, ".contacts li")).toEqual([`${plain}：${plain}`]);
});
