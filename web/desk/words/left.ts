import { t } from "@shared/texts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What is left of a clock, as people say it: "剩 2 小时", "超期 1 天". in: an instant in UTC, now in ms */
export function leftWords(due: string, now: number = Date.now()): string {
  const left = Date.parse(due) - now;
  const side = left < 0 ? "over" : "left";
  const amount = Math.abs(left);
  if (amount < hourMs) return t(`desk.left.${side}_minutes`, { count: Math.max(1, Math.floor(amount / minuteMs)) });
  if (amount < dayMs) return t(`desk.left.${side}_hours`, { count: Math.floor(amount / hourMs) });
  return t(`desk.left.${side}_days`, { count: Math.floor(amount / dayMs) });
}
