import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { Language as GrammarModule, Tree } from "web-tree-sitter";
import type { TreeEngine } from "./cursor.ts";
import { startEngine } from "./cursor.ts";
import GRAMMARS from "./grammars.json" with { type: "json" };
import type { Tiering } from "./tiering.ts";
import { lateTiering, NO_TIERING } from "./tiering.ts";

/** Where each grammar's WebAssembly module is, below `node_modules`; the build compresses these files into `dist/grammars`. */
export type Grammar = keyof typeof GRAMMARS;

/** The engine that runs the grammars. */
const ENGINE = "web-tree-sitter/web-tree-sitter.wasm";

/** A parser for one grammar, and the names of what its trees consist of. */
export interface GrammarParser {
  engine: TreeEngine;
  /** Null if the parser gives up. The tree is to be deleted. */
  parse(text: string): Tree | null;
  types: readonly string[];
  /** By the same numbers as types: false for punctuation and keywords. */
  isNamed: readonly boolean[];
  fields: readonly (string | null)[];
}

/** After so many, nearly all that a parser calls is compiled, its lexer among it. Setting options takes V8 as long as a short parse. */
const COMPILING_PARSES = 20;

let engine: Promise<TreeEngine> | undefined;

const parsers = new Map<Grammar, Promise<GrammarParser>>();

/** Loaded once for each grammar: no run needs all of them, and most need none. */
export function grammarParser(grammar: Grammar): Promise<GrammarParser> {
  const known = parsers.get(grammar);
  if (known) return known;
  const loading = load(grammar);
  parsers.set(grammar, loading);
  // Where modules are loaded over a network, the next attempt may find what this one lacked.
  loading.catch(() => parsers.delete(grammar));
  return loading;
}

async function load(grammar: Grammar): Promise<GrammarParser> {
  const { Language, Parser } = await import("web-tree-sitter");
  const module = readModule(GRAMMARS[grammar]);
  engine ??= compile(lateTiering(), () => startEngine(Parser, readModule(ENGINE)));
  const started = await engine;
  const language: GrammarModule = await compile(NO_TIERING, () => Language.load(module));
  const parser = new Parser();
  parser.setLanguage(language);
  const { types, fields } = language;
  const isNamed = types.map((_, type) => language.nodeTypeIsNamed(type));
  let parses = 0;
  const parse = (text: string) => {
    if (parses++ >= COMPILING_PARSES) return parser.parse(text);
    NO_TIERING.begin();
    try {
      return parser.parse(text);
    } finally {
      NO_TIERING.end();
    }
  };
  return { engine: started, parse, types, isNamed, fields };
}

function compile<T>(tiering: Tiering, load: () => Promise<T>): Promise<T> {
  tiering.begin();
  return load().finally(tiering.end);
}

/** Beside the bundle in a package or a release; in `node_modules` when the sources run as they are. */
function readModule(path: string): Uint8Array {
  for (let directory = import.meta.dirname; ; directory = dirname(directory)) {
    const places = [
      join(directory, "grammars", `${basename(path)}.br`),
      join(directory, "node_modules", path),
    ];
    const found = places.find((place) => existsSync(place));
    if (found !== undefined) {
      const content = readFileSync(found);
      return found.endsWith(".br") ? brotliDecompressSync(content) : content;
    }
    if (directory === dirname(directory))
      throw new Error(`${basename(path)} is missing from this installation`);
  }
}
