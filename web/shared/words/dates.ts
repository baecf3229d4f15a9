// Instants and days as people say them. Office time is one fixed offset, as in the program
// (docs/concepts): a phone abroad shows the office's day, not its own.

import { language, t } from "../texts";

/** Until the place has told its own. */
let officeOffsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

interface Parts {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
}

/** in: what the place says of its office time, in minutes before UTC. */
export function setOfficeOffset(minutes: number): void {
  officeOffsetMs = minutes * 60_000;
}

/** The office's day of an instant, "2022-08-01". */
export const officeDay = (ms: number): string => new Date(ms + officeOffsetMs).toISOString().slice(0, 10);
/** Day and minute of the office, as fields of date and time take them, "2022-08-01T11:00". */
export const officeMinute = (ms: number): string => new Date(ms + officeOffsetMs).toISOString().slice(0, 16);
/** The instant of a day, or of a day and minute, of the office. in: "2022-08-01", "2022-08-01T11:00" */
export const officeInstant = (text: string): string => new Date(Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`) - officeOffsetMs).toISOString();

const two = (number: number): string => String(number).padStart(2, "0");

/** in: an instant in UTC, "2022-08-01T03:00:00Z". */
function partsOf(instant: string): Parts {
  const at = new Date(Date.parse(instant) + officeOffsetMs);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    weekday: at.getUTCDay(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
  };
}

function dayText(parts: Parts): string {
  return t("shared.date.day", {
    year: parts.year,
    month: language() === "en" ? t(`shared.date.months.m${parts.month}`) : parts.month,
    day: parts.day,
    weekday: t(`shared.date.weekdays.w${parts.weekday}`),
  });
}

/** "2022年8月1日（周一）". in: "2022-08-01" */
export const dayWords = (day: string): string => dayText(partsOf(officeInstant(day)));

/** "2022年8月1日（周一）11:00". in: an instant in UTC */
export function instantWords(instant: string): string {
  const parts = partsOf(instant);
  return t("shared.date.instant", { day: dayText(parts), time: `${two(parts.hour)}:${two(parts.minute)}` });
}

/** A due date as the API words it: a day that counts whole, or a day with a minute. in: `due_text` */
export function dueWords(dueText: string): string {
  const [day, time] = dueText.split(" ");
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return dueText;
  return time === undefined ? t("shared.date.until_day", { day: dayWords(day) }) : t("shared.date.until", { day: dayWords(day), time });
}

/** "8月1日", where the year is plain. in: "2022-08-01" */
export function shortDay(day: string): string {
  const [, month, date] = day.split("-").map(Number);
  return t("shared.date.short", { month: language() === "en" ? t(`shared.date.months.m${month}`) : (month ?? 0), day: date ?? 0 });
}

/** "刚刚", "5 分钟前", "今天 09:30", else the day. in: an instant in UTC, now in ms */
export function agoWords(instant: string, now: number = Date.now()): string {
  const minutes = Math.floor((now - Date.parse(instant)) / 60_000);
  if (minutes < 1) return t("shared.date.just_now");
  if (minutes < 60) return t("shared.date.minutes_ago", { count: minutes });
  const parts = partsOf(instant);
  const days = Math.floor((now + officeOffsetMs) / dayMs) - Math.floor((Date.parse(instant) + officeOffsetMs) / dayMs);
  const time = `${two(parts.hour)}:${two(parts.minute)}`;
  return days === 0 ? t("shared.date.today_at", { time }) : instantWords(instant);
}

/** "周一". in: "2022-08-01" */
export const weekdayWord = (day: string): string => t(`shared.date.weekdays.w${partsOf(officeInstant(day)).weekday}`);
