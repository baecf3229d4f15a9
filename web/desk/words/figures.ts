// Figures as the API gives them: counts, rates with numerator and denominator, spreads. A rate is
// never shown without its n.

import { t } from "@shared/texts";
import { countWords } from "@shared/words/amounts";

export interface Figure {
  count?: number;
  numerator?: number;
  denominator?: number;
  rate?: number | null;
  median?: number;
  p90?: number;
}
export interface FigureRow {
  by: Record<string, string>;
  indicators: Record<string, Figure>;
}
export interface FigurePage {
  as_of: string;
  seq: number;
  indicators?: Record<string, Figure>;
  rows?: FigureRow[];
}

type Indicators = { indicators?: Record<string, Figure> };
export const numbersOf = (row: Indicators | undefined, name: string): Figure => row?.indicators?.[name] ?? {};
export const countOf = (row: Indicators | undefined, name: string): number => numbersOf(row, name).count ?? 0;

/** "96.8%（n=1,716）"; "无" where nothing was counted. */
export function rateWords(figure: Figure): string {
  if (figure.rate === undefined || figure.rate === null || !figure.denominator) return t("desk.figure.nothing");
  return t("desk.figure.rate", { percent: percentOf(figure.rate), n: countWords(figure.denominator) });
}

/** "96.8". in: 0.9679 */
export const percentOf = (rate: number): string => (rate * 100).toFixed(1);

/** Where the true rate lies with 95 %, by Wilson: few cases give a wide interval instead of a wild
    rank. in: n > 0. out: both ends, 0 to 1 */
export function wilson(numerator: number, denominator: number): [number, number] {
  const z = 1.96;
  const rate = Math.min(1, numerator / denominator);
  const middle = rate + (z * z) / (2 * denominator);
  const half = z * Math.sqrt((rate * (1 - rate)) / denominator + (z * z) / (4 * denominator * denominator));
  const scale = 1 + (z * z) / denominator;
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)];
}

/** "2.6 天", "5 小时". in: milliseconds */
export function spanWords(ms: number): string {
  const hours = ms / 3_600_000;
  return hours < 24 ? t("desk.figure.hours", { count: Math.round(hours) }) : t("desk.figure.days", { count: (hours / 24).toFixed(1) });
}
