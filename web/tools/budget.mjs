// What a first visit loads, packed as the server sends it (gzip, which every phone takes): the page
// and all that it names, and the language that comes with it. Above the budget: exit code 1.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const build = fileURLToPath(new URL("../build/", import.meta.url));
const budgets = { portal: 200, desk: 900, field: 200 }; // KB of 1,024 bytes
let failed = 0;

for (const [face, budget] of Object.entries(budgets)) {
  const page = `${build}${face}/${face}/index.html`;
  if (!existsSync(page)) throw new Error(`${page}: run npm run build`);
  const html = readFileSync(page, "utf8");
  const assets = `${build}${face}/assets/`;
  const named = new Set([...html.matchAll(/"\/assets\/([^"]+)"/g)].map((found) => found[1]));
  for (const name of [...named]) follow(assets, name, named);
  const language = readdirSync(assets).find((name) => name.startsWith(`${face}-zh-`));
  if (language !== undefined) named.add(language);
  const bytes = [html, ...[...named].map((name) => readFileSync(assets + name))]
    .reduce((sum, one) => sum + gzipSync(one, { level: 9 }).length, 0);
  const isOver = bytes > budget * 1024;
  failed += isOver ? 1 : 0;
  console.log(`budget: ${face}: ${(bytes / 1024).toFixed(1)} KB in ${named.size + 1} requests, at most ${budget} KB${isOver ? " EXCEEDED" : ""}`);
}
process.exit(failed === 0 ? 0 : 1);

/** What a script imports at once comes with it; what it imports later does not. */
function follow(assets, name, named) {
  if (!name.endsWith(".js")) return;
  const text = readFileSync(assets + name, "utf8");
  for (const [, below] of text.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[^"'()]*?from\s*)?["']\.\/([^"']+)["']/g)) {
    if (named.has(below)) continue;
    named.add(below);
    follow(assets, below, named);
  }
}
