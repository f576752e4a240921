/** The grammars of programs' languages, and the engine that runs them: compressed WebAssembly modules beside the bundle. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { licencesOf } from "./licences.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const GRAMMARS = JSON.parse(readFileSync(join(root, "src/requests/programs/tree/grammars.json"), "utf8"));
const MODULES = [...Object.values(GRAMMARS), "web-tree-sitter/web-tree-sitter.wasm"];

export const grammarPackages = () =>
  MODULES.map((path) => `node_modules/${/^(?:@[^/]+\/)?[^/]+/.exec(path)[0]}`);

/** Copies the modules into `grammars/` below a directory, with their licences. */
export function copyGrammars(directory) {
  const target = join(directory, "grammars");
  mkdirSync(target, { recursive: true });
  for (const path of MODULES) {
    const module = brotliCompressSync(readFileSync(join(root, "node_modules", path)));
    writeFileSync(join(target, `${basename(path)}.br`), module);
  }
  writeFileSync(join(target, "LICENCES.txt"), licencesOf(root, [], grammarPackages()));
}
