// Builds the three faces and packs them into build/web.pack, which the program embeds. The pack is put
// in place whole, so that whoever is broken off leaves no half one.

import { mkdirSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, loadConfigFromFile } from "vite";
import { pack } from "./pack.mjs";

const web = fileURLToPath(new URL("..", import.meta.url));
process.chdir(web);
process.env.NODE_ENV = "production";
mkdirSync("build", { recursive: true });
const faces = process.argv.length > 2 ? process.argv.slice(2) : ["portal", "desk", "field"];
for (const face of faces) {
  process.env.ZHITONG_FACE = face;
  const loaded = await loadConfigFromFile({ command: "build", mode: "production" }, "vite.config.ts");
  await build({ ...loaded.config, logLevel: "warn" });
}
await pack(["portal", "desk", "field"], "build/web.pack.part");
renameSync("build/web.pack.part", "build/web.pack");
