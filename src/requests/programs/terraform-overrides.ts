import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Files of Terraform whose blocks change those of the same name in the other files of their folder. */
const OVERRIDE = /^(?:.*_)?override\.(?:tf|tofu)(?:\.json)?$/;

export const isOverride = (path: string): boolean => OVERRIDE.test(basename(path));

/** What other files of the folder may give other values. */
export interface Overrides {
  /** The name of a file that changes a resource; undefined where none does. */
  fileOf(type: string, name: string): string | undefined;
  changesLocal(name: string): boolean;
}

const NONE: Overrides = { fileOf: () => undefined, changesLocal: () => false };

/** A folder has few such files, and they are short. More than these may change anything. */
const MAX_FILES = 10;

/** Looks beside a file for what changes it, by what such files name. */
export function overridesBeside(path: string): Overrides {
  const folder = dirname(path);
  const others = listOverrides(folder).filter((name) => name !== basename(path));
  if (others.length === 0) return NONE;
  const isTold = others.length <= MAX_FILES;
  const texts = others.map((name) => ({ name, text: isTold ? readText(join(folder, name)) : undefined }));
  return {
    fileOf: (type, name) => texts.find(({ text }) => mayHold(text, [`"${type}"`, `"${name}"`]))?.name,
    changesLocal: (name) => texts.some(({ text }) => mayHold(text, ["locals", name])),
  };
}

/** Of a file that isn't read, nobody knows what it changes. */
const mayHold = (text: string | undefined, words: readonly string[]): boolean =>
  text === undefined || words.every((word) => text.includes(word));

/** What was listed last: a walk comes upon all files of a folder one after the other. */
let last: { folder: string; changedAt: number; names: readonly string[] } | undefined;

function listOverrides(folder: string): readonly string[] {
  try {
    const changedAt = statSync(folder).mtimeMs;
    if (last?.folder !== folder || last.changedAt !== changedAt)
      last = { folder, changedAt, names: readdirSync(folder).filter(isOverride) };
    return last.names;
  } catch {
    return [];
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
