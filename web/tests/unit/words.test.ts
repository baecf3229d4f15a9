import { countWords, moneyWords, sizeWords } from "@shared/words/amounts";
import { agoWords, dayWords, dueWords, instantWords, shortDay } from "@shared/words/dates";
import { beforeEach, expect, test } from "vitest";
import { speak } from "./catalogue";

beforeEach(() => speak("zh"));

test("an instant is told in office time, wherever the reader is", () => {
  expect(instantWords("2022-08-01T03:00:00Z")).toBe("2022年8月1日（周一） 11:00");
  expect(instantWords("2022-07-31T16:00:00Z")).toBe("2022年8月1日（周一） 00:00");
});

test("a day that counts whole is told by its end", () => {
  expect(dueWords("2026-11-30")).toBe("2026年11月30日（周一） 当天结束前");
  expect(dueWords("2026-11-23 11:00")).toBe("2026年11月23日（周一） 11:00 前");
});

test("what is no date is left as it is", () => expect(dueWords("待定")).toBe("待定"));

test("English says the same", () => {
  speak("en");
  expect(dayWords("2022-08-01")).toBe("Mon 1 Aug 2022");
  expect(shortDay("2022-08-01")).toBe("1 Aug");
  expect(dueWords("2026-11-23 11:00")).toBe("by Mon 23 Nov 2026, 11:00");
});

test("what just happened is told by how long ago", () => {
  const now = Date.parse("2022-08-01T03:00:00Z");
  expect(agoWords("2022-08-01T02:59:40Z", now)).toBe("刚刚");
  expect(agoWords("2022-08-01T02:15:00Z", now)).toBe("45 分钟前");
  expect(agoWords("2022-07-31T16:30:00Z", now)).toBe("今天 00:30");
  expect(agoWords("2022-07-31T15:30:00Z", now)).toBe("2022年7月31日（周日） 23:30");
});

test("amounts have their thousands and their unit", () => {
  expect(countWords(1234567)).toBe("1,234,567");
  expect(moneyWords(123450)).toBe("1,234.50 元");
  expect(moneyWords(-5)).toBe("-0.05 元");
  expect(sizeWords(183044)).toBe("179 KB");
});
