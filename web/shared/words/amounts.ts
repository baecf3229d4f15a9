import { language, t } from "../texts";

/** "1,234". */
export function countWords(count: number): string {
  return String(Math.trunc(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** "1,234.50 元". in: fen, whole */
export function moneyWords(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const whole = Math.abs(fen);
  const amount = `${sign}${countWords(Math.floor(whole / 100))}.${String(whole % 100).padStart(2, "0")}`;
  return t("shared.amount.yuan", { amount });
}

/** "1.2 MB". in: bytes */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.round(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** The name of a list as a sentence has it: "供电公司、街道办". */
export function listWords(names: readonly string[]): string {
  return names.join(language() === "zh" ? "、" : ", ");
}
