import { describe, expect, it } from "vitest";
import { cutDay, either, formatDay, formatMoney, formatNumber, tidy } from "./format.ts";

describe("what a reader sees", () => {
  it("cuts dates to what is known", () => {
    const value = "2025-11-07";
    expect(cutDay({ value, precision: "day" })).toBe("2025-11-07");
    expect(cutDay({ value, precision: "month" })).toBe("2025-11");
    expect(cutDay({ value, precision: "year" })).toBe("2025");
  });

  it("says days, months and years in both languages", () => {
    expect(formatDay("2025-11-07", "zh")).toBe("2025年11月7日");
    expect(formatDay("2025-11-07", "en")).toBe("7 November 2025");
    expect(formatDay("2025-11", "zh")).toBe("2025年11月");
    expect(formatDay("2025-11", "en")).toBe("November 2025");
    expect(formatDay("2025", "zh")).toBe("2025年");
    expect(formatDay("2025", "en")).toBe("2025");
  });

  it("groups numbers and names the currency", () => {
    expect(formatNumber(1234567, "zh")).toBe("1,234,567");
    expect(formatMoney(38500, "zh")).toBe("¥38,500");
    expect(formatMoney(38500, "en")).toBe("CN¥38,500");
  });

  it.each([["zh", "zh-CN"] as const, ["en", "en-GB"] as const])(
    "writes %s as Intl does",
    (lang, locale) => {
      const money = new Intl.NumberFormat(locale, {
        style: "currency",
        currency: "CNY",
        maximumFractionDigits: 0,
      });
      for (const value of [0, 7, 999, 1000, -1234, 65535, 1e6, 123456789, 0.5, 1234.56]) {
        expect(formatNumber(value, lang)).toBe(new Intl.NumberFormat(locale).format(value));
        if (value >= 0) expect(formatMoney(value, lang)).toBe(money.format(value));
      }
      const month = { year: "numeric", month: "long", timeZone: "UTC" } as const;
      const long = new Intl.DateTimeFormat(locale, month);
      const full = new Intl.DateTimeFormat(locale, { ...month, day: "numeric" });
      for (let at = 0; at < 400; at += 1) {
        const moment = new Date(Date.UTC(2024, 0, 1 + at * 3));
        const day = moment.toISOString().slice(0, 10);
        expect(formatDay(day, lang)).toBe(full.format(moment));
        expect(formatDay(day.slice(0, 7), lang)).toBe(long.format(moment));
      }
    },
  );

  it("takes the other language where one is missing, and says which it is", () => {
    expect(either({ zh: null, en: "Unpaid" }, "zh")).toEqual({ text: "Unpaid", lang: "en" });
    expect(either({ zh: "欠薪", en: "Unpaid" }, "zh")).toEqual({ text: "欠薪", lang: "zh" });
    expect(either({ zh: null, en: null }, "en")).toBeNull();
  });

  it("takes out what turns the direction of text or hides in it", () => {
    expect(tidy("a\u202eb\u2066c\u200bd\ufeff")).toBe("abcd");
    expect(tidy("家👨‍👩‍👧")).toBe("家👨‍👩‍👧");
  });
});
