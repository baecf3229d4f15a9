import { t } from "../texts";

/** "5 个工作日内". in: as definition files write it, "5wd", "30min", "2h", "4sh", "15d", "3mo" */
export function lengthWords(length: string): string {
  const found = /^(\d+)(min|h|sh|wd|d|mo)$/.exec(length);
  return found === null ? length : t(`shared.length.${found[2]}`, { count: found[1] });
}
