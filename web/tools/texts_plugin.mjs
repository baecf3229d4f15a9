// Vite plugin: `import messages from "virtual:texts/portal/zh"` is the shared and the portal's part
// of the catalogue, compiled to functions, so that no page carries a message compiler (which the
// content policy would not let evaluate anything anyway).

import { fileOf, files, languages, partsOf, textsOf } from "./catalogue.mjs";

const prefix = "virtual:texts/";

export function texts() {
  return {
    name: "texts",
    resolveId: (id) => (id.startsWith(prefix) ? "\0" + id : undefined),
    load(id) {
      if (!id.startsWith("\0" + prefix)) return undefined;
      const [face, language] = id.slice(prefix.length + 1).split("/");
      if (!files.includes(face) || !languages.includes(language)) {
        throw new Error(`no texts of ${face} in ${language}`);
      }
      const tree = {};
      for (const file of ["shared", face]) {
        this.addWatchFile(fileOf(language, file));
        for (const [key, text] of textsOf(language, file)) put(tree, key.split("."), partsOf(text));
      }
      return `const plain = (text) => () => text;
const filled = (...parts) => (values) =>
  parts.map((part) => typeof part === "string" ? part : String(values.named(part[0]))).join("");
export default ${written(tree)};`;
    },
  };
}

function put(tree, path, parts) {
  const last = path.pop();
  let node = tree;
  for (const name of path) node = node[name] ??= {};
  node[last] = parts;
}

function written(node) {
  if (!Array.isArray(node)) {
    const rows = Object.entries(node).map(([name, below]) => `${JSON.stringify(name)}:${written(below)}`);
    return `{${rows.join(",")}}`;
  }
  const isPlain = node.length === 1 && typeof node[0] === "string";
  return isPlain ? `plain(${JSON.stringify(node[0])})` : `filled(${node.map((part) => JSON.stringify(part)).join(",")})`;
}
