// One archive of all built files, read in place by src/http/web_files.cpp: a line a file, an empty
// line, then the bytes plain, gzip and brotli.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".webmanifest": "application/manifest+json",
  ".pbf": "application/x-protobuf",
};

/** in: names of the folders below build/, each with its page in FACE/index.html. */
export async function pack(faces, to) {
  const rows = [];
  for (const face of faces) {
    for (const path of walk(`build/${face}`)) {
      const isPage = path === `build/${face}/${face}/index.html`;
      const name = isPage ? `${face}.html` : path.slice(`build/${face}/`.length);
      if (!isPage && !/^assets\/[^/]+$/.test(name)) throw new Error(`${path} is neither page nor asset`);
      rows.push(rowOf(name, readFileSync(path)));
    }
  }
  rows.push(rowOf("worker.js", readFileSync("portal/worker.js")));
  rows.push(rowOf("field_worker.js", readFileSync("field/worker.js")));
  rows.sort((left, right) => (left.name < right.name ? -1 : 1));
  const lines = rows.map((row) => [row.name, row.type, row.hash, ...row.forms.map((form) => form.length)].join("\t"));
  writeFileSync(to, Buffer.concat([
    Buffer.from(["zhitong-web 1", ...lines, "", ""].join("\n")),
    ...rows.flatMap((row) => row.forms),
  ]));
}

function rowOf(name, bytes) {
  const type = types[extname(name)];
  if (type === undefined) throw new Error(`${name}: tools/pack.mjs knows no type for it`);
  const none = Buffer.alloc(0);
  const worth = (packed) => (packed.length < bytes.length * 0.95 ? packed : none);
  const gzip = worth(gzipSync(bytes, { level: 9 }));
  const brotli = worth(brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  return { name, type, hash, forms: [bytes, gzip, brotli] };
}

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]);
}
