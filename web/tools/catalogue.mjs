// Reads the catalogue of texts for people: text/LANGUAGE/FILE.yaml, whose keys begin with the name
// of the file ("portal.home.title"). Each face holds its own file and the shared one; that of
// field/ is field_work, since a field is a part of a form everywhere else.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

export const languages = ["zh", "en"];
export const files = ["shared", "portal", "desk", "field_work"];
export const folder = fileURLToPath(new URL("../../text/", import.meta.url));

export const fileOf = (language, file) => `${folder}${language}/${file}.yaml`;

/** in: language, file. out: texts by full key, in the order of the file. */
export function textsOf(language, file) {
  const found = new Map();
  const walk = (value, key) => {
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      for (const [name, below] of Object.entries(value)) walk(below, `${key}.${name}`);
    } else if (typeof value === "string") {
      found.set(key, value);
    } else {
      throw new Error(`${fileOf(language, file)}: ${key} is no text`);
    }
  };
  walk(parse(readFileSync(fileOf(language, file), "utf8")) ?? {}, file);
  return found;
}

/** "还剩 {count} 天" -> ["还剩 ", ["count"], " 天"] */
export function partsOf(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(/\{(\w+)\}/g)) {
    if (found.index > end) parts.push(text.slice(end, found.index));
    parts.push([found[1]]);
    end = found.index + found[0].length;
  }
  if (end < text.length || parts.length === 0) parts.push(text.slice(end));
  return parts;
}
