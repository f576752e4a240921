import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { ContextFault } from "../../src/context/context.ts";
import { ContextError } from "../../src/context/context.ts";
import type { ContextReadResult } from "../../src/context/load/builder.ts";
import { readContext } from "../../src/context/load/files.ts";

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** Creates a directory with these files. Content that is not a string is written as JSON. */
export function createContextDirectory(files: Readonly<Record<string, unknown>>): string {
  const directory = mkdtempSync(join(tmpdir(), "countersign-context-"));
  made.push(directory);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(
      join(directory, name),
      typeof content === "string" ? content : JSON.stringify(content, null, 2),
    );
  }
  return directory;
}

export const readContextOf = (files: Readonly<Record<string, unknown>>): Promise<ContextReadResult> =>
  readContext([createContextDirectory(files)]);

export interface ReadFaults {
  /** `file:line:column message` of each fault. */
  lines: string[];
  faults: readonly ContextFault[];
}

/** Reads files that must have faults, and returns the faults. */
export async function readFaults(files: Readonly<Record<string, unknown>>): Promise<ReadFaults> {
  const directory = createContextDirectory(files);
  try {
    await readContext([directory]);
  } catch (error) {
    if (error instanceof ContextError)
      return { lines: formatFaults(error.faults, directory), faults: error.faults };
    throw error;
  }
  throw new Error("nothing is wrong with these files");
}

export const formatFaults = (faults: readonly ContextFault[], directory = ""): string[] =>
  faults.map(({ file, message, place }) =>
    `${file}:${place.line}:${place.column} ${message}`.replaceAll(`${directory}/`, ""),
  );

/** Reads files, and returns the warnings as `file:line:column message`, with relative file names. */
export async function readWarnings(files: Readonly<Record<string, unknown>>): Promise<string[]> {
  const directory = createContextDirectory(files);
  return formatFaults((await readContext([directory])).warnings, directory);
}
