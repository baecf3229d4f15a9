// The catalogue and the pages agree: no key is missing in a language, none is unused or unknown,
// the {names} are the same in both, and no page holds text of its own. Exit code 1 otherwise.

import { parse as parseTemplate } from "@vue/compiler-dom";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { files, languages, partsOf, textsOf } from "./catalogue.mjs";

const web = fileURLToPath(new URL("..", import.meta.url));
const found = [];
const readAloud = new Set(["title", "alt", "placeholder", "aria-label", "label"]);
const tell = (where, what) => found.push(`${where}: ${what}`);

const sources = ["shared", "portal", "desk", "field"]
  .flatMap((folder) => walk(web + folder))
  .filter((path) => /\.(vue|ts)$/.test(path) && !path.endsWith("shared/api/client.ts"))
  .map((path) => ({ name: path.slice(web.length), text: readFileSync(path, "utf8") }));

compareLanguages();
compareUse();
for (const source of sources) findLiteralText(source);
for (const line of found) console.log(line);
console.log(`texts: ${languages.map((one) => allTexts(one).size).join(" and ")} keys, ${sources.length} files, ${found.length} findings`);
process.exit(found.length === 0 ? 0 : 1);

function allTexts(language) {
  return new Map(files.flatMap((file) => [...textsOf(language, file)]));
}

function compareLanguages() {
  const [first, ...others] = languages.map((language) => [language, allTexts(language)]);
  for (const [language, texts] of others) {
    for (const [key, text] of first[1]) {
      if (!texts.has(key)) tell(`text/${language}`, `${key} is missing`);
      else if (namesOf(text) !== namesOf(texts.get(key))) tell(`text/${language}`, `${key} has other {names}`);
    }
    for (const key of texts.keys()) if (!first[1].has(key)) tell(`text/${first[0]}`, `${key} is missing`);
  }
  for (const [language, texts] of [first, ...others]) {
    for (const [key, text] of texts) if (text.trim() === "") tell(`text/${language}`, `${key} is empty`);
  }
}

function namesOf(text) {
  return partsOf(text).filter(Array.isArray).map((part) => part[0]).sort().join(",");
}

/** A key is used where it stands whole, or by its beginning in a template (`portal.lamp.${name}`). */
function compareUse() {
  const texts = allTexts(languages[0]);
  const used = new Set();
  for (const { name, text } of sources) {
    const plain = withoutComments(text);
    const folder = /^(portal|desk|field)\//.exec(name)?.[1] ?? "shared";
    const face = folder === "field" ? "field_work" : folder;
    for (const [, key] of plain.matchAll(/["'`]((?:shared|portal|desk|field_work)\.[a-z0-9_.]+)(?=["'`])/g)) {
      if (!texts.has(key)) tell(name, `${key} is not in the catalogue`);
      used.add(key);
      const file = key.split(".")[0];
      if (file !== "shared" && file !== face) tell(name, `${key} belongs to another face`);
    }
    for (const [, begin] of plain.matchAll(/`((?:shared|portal|desk|field_work)\.[a-z0-9_.]*)\$\{/g)) {
      const keys = [...texts.keys()].filter((key) => key.startsWith(begin));
      if (keys.length === 0) tell(name, `no key begins with ${begin}`);
      for (const key of keys) used.add(key);
    }
  }
  for (const key of texts.keys()) if (!used.has(key)) tell("text", `${key} is used nowhere`);
}

function findLiteralText({ name, text }) {
  for (const [index, line] of withoutComments(text).split("\n").entries()) {
    if (/\p{Script=Han}/u.test(line)) tell(`${name}:${index + 1}`, "text of its own; put it into the catalogue");
    if (/:\s*any\b|\bas any\b|@ts-ignore|@ts-nocheck/.test(line)) tell(`${name}:${index + 1}`, "a type is missing");
    if (/\bv-html\b|\binnerHTML\b/.test(line)) tell(`${name}:${index + 1}`, "texts are put in as text");
    if (name.endsWith(".vue") && /\sstyle="/.test(line)) tell(`${name}:${index + 1}`, "a class; the content policy refuses inline style");
  }
  if (!name.endsWith(".vue")) return;
  const template = /<template>[\s\S]*<\/template>/.exec(text);
  if (template === null) return;
  const before = text.slice(0, template.index).split("\n").length - 1;
  walkNodes(parseTemplate(template[0]), (node) => {
    const at = `${name}:${before + node.loc.start.line}`;
    if (node.type === 2 && hasWords(node.content)) tell(at, `text of its own: ${node.content.trim()}`);
    for (const attribute of node.props ?? []) {
      if (attribute.type === 6 && readAloud.has(attribute.name) && hasWords(attribute.value?.content ?? "")) {
        tell(at, `text of its own in ${attribute.name}`);
      }
    }
  });
}

function walkNodes(node, look) {
  look(node);
  for (const below of node.children ?? []) walkNodes(below, look);
}

function hasWords(text) {
  return /[\p{L}]/u.test(text);
}

function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, (all) => all.replace(/[^\n]/g, "")).replace(/(^|[\s;{}(,])\/\/.*$/gm, "$1");
}

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]);
}
