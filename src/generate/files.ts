// Pages and schemas on disk.

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type Difference, differences } from "./differences.ts";
import { type Generated, generateFromOperation } from "./generate.ts";
import { type Limits, type Part, parseLimits } from "./limits.ts";
import { PageError, quote } from "./page-error.ts";
import { readPage } from "./read-page.ts";
import type { Note } from "./shape.ts";

export type FileOptions = {
  descriptions?: "page" | "limits" | undefined;
  /** Called behind each page. */
  onPage?: ((done: number, total: number) => void) | undefined;
};

export type PageNote = Note & { page: string };

export type WriteResult = {
  pages: number;
  /** The schemas' paths below the output directory. */
  written: string[];
  notes: PageNote[];
  /** Not empty: nothing was written. */
  errors: PageError[];
};

export type CheckResult = {
  pages: number;
  checked: number;
  differences: FileDifference[];
  notes: PageNote[];
  errors: PageError[];
};

export type FileDifference = { file: string } & (
  | { kind: "missing" }
  | { kind: "superfluous" }
  | { kind: "unreadable"; why: string }
  | { kind: "formatted" }
  | ({ kind: "changed" } & Difference)
);

const PARTS: Part[] = ["request", "response"];
const WHOLE_FILE = { line: 1, column: 1 };

/** Writes the schemas of all pages, or, when any page is bad, none. */
export function writeSchemas(pages: string[], outDir: string, options: FileOptions = {}): WriteResult {
  try {
    return writeAll(pages, outDir, options);
  } catch (error) {
    return { pages: 0, written: [], notes: [], errors: [asPageError(error, outDir)] };
  }
}

function writeAll(pages: string[], outDir: string, options: FileOptions): WriteResult {
  // The schemas wait beside their place until the last page is read: memory holds one page at a time.
  const made = mkdirSync(outDir, { recursive: true });
  const waiting = mkdtempSync(join(outDir, ".generating-"));
  const written: string[] = [];
  let moved = false;
  try {
    const read = eachPage(pages, outDir, options, (generated) =>
      written.push(...writeOne(waiting, generated)),
    );
    if (read.errors.length > 0) return { ...read, written: [] };
    for (const name of written) {
      mkdirSync(dirname(join(outDir, name)), { recursive: true });
      renameSync(join(waiting, name), join(outDir, name));
    }
    moved = true;
    return { ...read, written };
  } finally {
    rmSync(waiting, { recursive: true, force: true });
    if (made !== undefined && !moved) rmSync(made, { recursive: true, force: true });
  }
}

function writeOne(dir: string, generated: Generated): string[] {
  return PARTS.flatMap((part) => {
    const schema = generated[part];
    if (!schema) return [];
    const name = schemaName(generated, part);
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), print(schema));
    return [name];
  });
}

/** Whether the schemas on disk are what the pages (and limits) generate. */
export function checkSchemas(pages: string[], schemasDir: string, options: FileOptions = {}): CheckResult {
  const found: FileDifference[] = [];
  let checked = 0;
  const read = eachPage(pages, schemasDir, options, (generated) => {
    for (const part of PARTS) {
      const file = schemaName(generated, part);
      if (generated[part]) checked++;
      found.push(...compareFile(join(schemasDir, file), file, generated[part]));
    }
  });
  return { ...read, checked, differences: found };
}

function compareFile(path: string, file: string, schema: Generated["request"]): FileDifference[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return schema ? [{ file, kind: "missing" }] : [];
  }
  if (!schema) return [{ file, kind: "superfluous" }];
  if (text === print(schema)) return [];
  try {
    const changed = differences(JSON.parse(text), schema);
    if (changed.length === 0) return [{ file, kind: "formatted" }];
    return changed.map((difference) => ({ file, kind: "changed", ...difference }));
  } catch (error) {
    return [{ file, kind: "unreadable", why: (error as Error).message }];
  }
}

type Read = { pages: number; notes: PageNote[]; errors: PageError[] };

/** Reads every page, gives each good one to `use`, and gathers what is wrong with the others. */
function eachPage(
  paths: string[],
  dir: string,
  options: FileOptions,
  use: (generated: Generated) => void,
): Read {
  const errors: PageError[] = [];
  const notes: PageNote[] = [];
  const seen = new Map<string, string>();
  const files = paths.flatMap((path) => attempt(errors, path, () => pageFiles(path)) ?? []);
  files.forEach((path, index) => {
    attempt(errors, path, () => {
      const generated = generateFile(path, dir, options);
      const name = `${generated.service}:${generated.operation}`;
      const other = seen.get(name);
      if (other !== undefined) {
        const help = "give one page for each operation";
        throw new PageError(path, WHOLE_FILE, `${quote(other)} documents \`${name}\` too`, help);
      }
      seen.set(name, path);
      notes.push(...generated.notes.map((note) => ({ ...note, page: path })));
      if (errors.length === 0) use(generated);
    });
    options.onPage?.(index + 1, files.length);
  });
  return { pages: files.length, notes, errors };
}

function attempt<T>(errors: PageError[], path: string, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    errors.push(asPageError(error, path));
    return undefined;
  }
}

/** What the system says about a file; anything else is a fault of ours and stays what it is. */
function asPageError(error: unknown, path: string): PageError {
  if (error instanceof PageError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== "string" || !/^E[A-Z]+$/.test(code)) throw error;
  const help = "look at the path, and at who may read and write there";
  return new PageError(path, WHOLE_FILE, `the file system refuses: ${code}`, help);
}

function generateFile(path: string, dir: string, { descriptions }: FileOptions): Generated {
  const text = readText(path);
  const operation = readPage(text, path);
  const limits = readLimits(dir, operation.service, operation.operation);
  return generateFromOperation(operation, text, { descriptions, limits });
}

function readLimits(dir: string, service: string, operation: string): Limits | undefined {
  const path = join(dir, service, `${operation}.limits.yaml`);
  return statSync(path, { throwIfNoEntry: false }) ? parseLimits(readText(path), path) : undefined;
}

/** The pages that a path names: a file, or all `.rst` files below a directory. */
function pageFiles(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat)
    throw new PageError(path, WHOLE_FILE, "there is no such file", "give pages or a directory of pages");
  if (!stat.isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".rst"),
  );
  if (names.length > 0) return names.sort().map((name) => join(path, name));
  throw new PageError(
    path,
    WHOLE_FILE,
    "there is no `.rst` file in this directory",
    "give a directory of pages",
  );
}

function readText(path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code;
    const message =
      why === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "this is not UTF-8" : `it can't be read (${why})`;
    throw new PageError(path, WHOLE_FILE, message, "give a text file in UTF-8");
  }
}

function schemaName({ service, operation }: Generated, part: Part): string {
  return `${service}/${operation}.${part}.json`;
}

function print(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
