import type { Stats } from "node:fs";
import type { Script } from "node:vm";
import { checksum } from "./checksum.ts";
import { readCode, removeOldCode, writeCode } from "./code-cache.ts";
import { readScratch } from "./scratch.ts";

const fs = process.getBuiltinModule("node:fs");

/** Characters. A shorter part is compiled sooner than its code is read. */
const WORTH_CACHING = 4_096;

/** How a part, which is a CommonJS module, gets another part or a module of Node's. */
export type PartRequire = (id: string) => unknown;

type PartFunction = (
  exports: object,
  require: PartRequire,
  module: object,
  filename: string,
  dirname: string,
) => void;

/**
 * V8 stores the functions that ran so far. As runs of one kind don't all call the same ones, so many of the first runs add
 * theirs: else those that the very first didn't call would be compiled in every run.
 */
const ADDING_RUNS = 4;

/** A part whose compiled code is stored when the process ends. */
interface Compiled {
  script: Script;
  cacheName: string;
  /** What was stored before. */
  runs: number;
  bytes: number;
}

/** Loads parts from a folder, with cached code if there is a directory for it. `version` names their content. */
export function createLoader(
  folder: string,
  version: string,
  cacheDirectory: string | undefined,
): PartRequire {
  const loaded = new Map<string, { exports: object }>();
  const compiled: Compiled[] = [];
  const store = (directory: string): void => {
    for (const { script, cacheName, runs, bytes } of compiled) {
      const compiledNow = whileUsual(() => script.createCachedData());
      // V8 forgets functions that it didn't run for long.
      const isLess = compiledNow.length < bytes;
      const data = (isLess && readCode(directory, cacheName)?.data) || compiledNow;
      writeCode(directory, cacheName, { data, runs: runs + 1 });
    }
    removeOldCode(directory);
  };
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
    const { source, found } = readPart(path);
    const directory = source.length < WORTH_CACHING ? undefined : cacheDirectory;
    const cache = directory && { directory, name: nameOf(path, found, version) };
    const stored = cache ? readCode(cache.directory, cache.name) : undefined;
    const cachedData = stored?.data;
    const { Script } = process.getBuiltinModule("node:vm");
    const script = whileUsual(
      () => new Script(source, { filename: path, ...(cachedData && { cachedData }) }),
    );
    const { runs, bytes } =
      stored && script.cachedDataRejected !== true
        ? { runs: stored.runs, bytes: stored.data.length }
        : { runs: 0, bytes: 0 };
    if (cache && runs < ADDING_RUNS && compiled.push({ script, cacheName: cache.name, runs, bytes }) === 1)
      process.once("exit", () => store(cache.directory));
    return script.runInThisContext();
  };
  return require;
}

/** Runs something with V8's usual flags, if a part has set others (`engine/counting/v8-flags.ts`): code is cached by them. */
function whileUsual<Result>(run: () => Result): Result {
  const around = Reflect.get(globalThis, Symbol.for("countersign.whileUsual"));
  return typeof around === "function" ? around(run) : run();
}

function requireBuiltin(id: string): unknown {
  const module = process.getBuiltinModule(id);
  if (module === undefined) throw new Error(`the module \`${id}\` is not part of Countersign`);
  return module;
}

/** The text of a part, which is ASCII, and what is known of its file. */
function readPart(path: string): { source: string; found: Stats } {
  const file = fs.openSync(path, "r");
  try {
    const found = fs.fstatSync(file);
    const source = readScratch(file, found.size)?.toString("latin1") ?? fs.readFileSync(path, "latin1");
    return { source, found };
  } finally {
    fs.closeSync(file);
  }
}

/**
 * The content's hash comes from the build; size and time are for files that were changed since. V8 refuses code of other versions
 * and flags by itself: they are in the name so that several don't replace each other's.
 */
function nameOf(path: string, { size, mtimeMs }: Stats, version: string): string {
  const options = checksum([...process.execArgv, process.env.NODE_OPTIONS ?? ""].join(" ")).toString(36);
  const key = [version, size, Math.round(mtimeMs), process.version, process.arch, options];
  return [path.slice(path.lastIndexOf("/") + 1), ...key, ...kindOfRun(process.argv)].join("-");
}

/**
 * Runs of one kind call the same functions. What V8 compiled for another kind may lack some of them, and holds others, which take time to
 * read.
 */
function kindOfRun([, , command = "", ...words]: readonly string[]): string[] {
  const [, ending] = /[.](json|ya?ml|sh)$/.exec(words.at(-1) ?? "") ?? [];
  return [/^[a-z]{1,12}$/.test(command) ? command : "", ending ?? ""].filter((part) => part !== "");
}
