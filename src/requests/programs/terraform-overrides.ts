import { readdirSync, readFileSync } from "node:fs";
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

/** A folder has few such files, and they are short. */
const MAX_FILES = 10;

/** Looks beside a file for what changes it, by what such files name. */
export function overridesBeside(path: string): Overrides {
  const texts = listOverrides(dirname(path)).flatMap((name) => {
    const text = name === basename(path) ? undefined : readText(join(dirname(path), name));
    return text === undefined ? [] : [{ name, text }];
  });
  if (texts.length === 0) return NONE;
  return {
    fileOf: (type, name) =>
      texts.find(({ text }) => text.includes(`"${type}"`) && text.includes(`"${name}"`))?.name,
    changesLocal: (name) => texts.some(({ text }) => text.includes("locals") && text.includes(name)),
  };
}

function listOverrides(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isOverride).slice(0, MAX_FILES);
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
