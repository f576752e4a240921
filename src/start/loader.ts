import type { Script } from "node:vm";
import { checksum } from "./checksum.ts";
import { readCode, removeOldCode, writeCode } from "./code-cache.ts";

const fs = process.getBuiltinModule("node:fs");

/** How a part, which is a CommonJS module, gets another part or a module of Node's. */
export type PartRequire = (id: string) => unknown;

type PartFunction = (
  exports: object,
  require: PartRequire,
  module: object,
  filename: string,
  dirname: string,
) => void;

/** A part that ran without cached code. What it compiled is stored when the process ends. */
interface Compiled {
  script: Script;
  cacheName: string;
}

/**
 * Loads parts from a folder with cached code, as Node's own loader does in versions that have a compile cache. `version` names their
 * content.
 */
export function createLoader(folder: string, version: string, cacheDirectory: string): PartRequire {
  const loaded = new Map<string, { exports: object }>();
  const compiled: Compiled[] = [];
  process.once("exit", () => {
    for (const { script, cacheName } of compiled)
      writeCode(cacheDirectory, cacheName, script.createCachedData());
    if (compiled.length > 0) removeOldCode(cacheDirectory);
  });
  const require: PartRequire = (id) => {
    if (!id.startsWith("./")) return requireBuiltin(id);
    const known = loaded.get(id);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(id, module);
    compile(`${folder}/${id.slice(2)}`)(module.exports, require, module, `${folder}/${id.slice(2)}`, folder);
    return module.exports;
  };
  const compile = (path: string): PartFunction => {
    const cacheName = nameOf(path, version);
    const cachedData = readCode(cacheDirectory, cacheName);
    const { Script } = process.getBuiltinModule("node:vm");
    const source = `(function(exports,require,module,__filename,__dirname){${fs.readFileSync(path, "latin1")}\n})`;
    const script = new Script(source, { filename: path, ...(cachedData && { cachedData }) });
    if (cachedData === undefined || script.cachedDataRejected) compiled.push({ script, cacheName });
    return script.runInThisContext();
  };
  return require;
}

function requireBuiltin(id: string): unknown {
  const module = process.getBuiltinModule(id);
  if (module === undefined) throw new Error(`the module \`${id}\` is not part of Countersign`);
  return module;
}

/**
 * The content's hash comes from the build; size and time are for files that were changed since. V8 refuses code of other versions
 * and flags by itself: they are in the name so that several don't replace each other's.
 */
function nameOf(path: string, version: string): string {
  const { size, mtimeMs } = fs.statSync(path);
  const options = checksum([...process.execArgv, process.env.NODE_OPTIONS ?? ""].join(" ")).toString(36);
  const key = [version, size, Math.round(mtimeMs), process.version, process.arch, options];
  return [path.slice(path.lastIndexOf("/") + 1), ...key].join("-");
}
